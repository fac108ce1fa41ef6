package dev.slipway.report;

import java.time.Instant;
import java.util.List;

/**
 * What the app's users saw in one second.
 *
 * @param oldRequests requests that the old side answered
 * @param newRequests requests that the new side answered
 * @param errors of both, answers with a status of 500 and above that were not refusals
 * @param refusals of both, writes answered 503 because the side was read-only
 */
public record TrafficSecond(Instant at, long oldRequests, long newRequests, long errors, long refusals) {
    /** All that were answered. */
    static long requests(List<TrafficSecond> traffic) {
        return traffic.stream().mapToLong(it -> it.oldRequests + it.newRequests).sum();
    }
}
