package dev.slipway.steps;

import java.time.Instant;

/** What a load balancer counted. */
interface LoadBalancerMeasurements {

    /** The sums over the time; zero requests where nothing was reported. */
    Measured between(String loadBalancer, Instant from, Instant to);

    /**
     * Counts of answers.
     *
     * @param requests that reached a target
     * @param errors that a target answered with 5xx
     * @param refusals writes that were refused because the new side is read-only; not errors
     */
    record Measured(long requests, long errors, long refusals) {}
}
