package dev.slipway.report;

import dev.slipway.migration.Finding;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one attempt at a migration. Whatever the attempt did not reach is empty, never zero: a reader can tell "nothing
 * happened" from "nothing is known".
 *
 * @param attempt counted from 1
 * @param execution the ARN of the execution, where there was one
 * @param failure what stopped the attempt; empty when it is complete
 * @param traffic one sample a second, in the order of time
 * @param leftovers what was left behind and costs money or fills a disk
 * @param warnings of the plan
 * @param price of the target, as the plan reckoned it
 * @param provision what was changed on AWS to make the target
 */
public record Report(
        String app,
        int attempt,
        Optional<String> execution,
        Outcome outcome,
        Optional<Failure> failure,
        Instant started,
        Instant ended,
        List<StateVisit> timeline,
        List<StoreReport> stores,
        List<WeightStep> shift,
        List<TrafficSecond> traffic,
        List<Leftover> leftovers,
        List<Finding> warnings,
        Optional<Price> price,
        Optional<ProvisionReport> provision) {

    public Report {
        timeline = List.copyOf(timeline);
        stores = List.copyOf(stores);
        shift = List.copyOf(shift);
        traffic = List.copyOf(traffic);
        leftovers = List.copyOf(leftovers);
        warnings = Redaction.of(warnings);
    }

    /** The same with what was seen of the app's users. */
    public Report withTraffic(List<TrafficSecond> seen) {
        return new Report(
                app, attempt, execution, outcome, failure, started, ended, timeline, stores, shift, seen, leftovers,
                warnings, price, provision);
    }

    public Duration duration() {
        return Duration.between(started, ended);
    }

    /** How an attempt ended. */
    public enum Outcome {
        /** The target takes the app's writes and all of its traffic. */
        COMPLETE,
        /** The source takes the app's writes and all of its traffic. */
        ROLLED_BACK,
        /** Neither: the attempt stopped, and its rollback did too. */
        FAILED
    }

    /**
     * What stopped the attempt.
     *
     * @param state the state of the machine that failed
     * @param error the name of the error, e.g. {@code StoresDiffer}
     * @param cause the line a person can act on
     */
    public record Failure(String state, String error, String cause) {
        public Failure {
            cause = Redaction.of(cause);
        }
    }

    /**
     * What the target costs.
     *
     * @param monthlyUsd US dollars a month
     * @param pricesAsOf the date of the price table
     * @param region whose prices they are
     */
    public record Price(BigDecimal monthlyUsd, String pricesAsOf, String region) {}

    /**
     * Something that was left behind.
     *
     * @param removal the command that removes it, or a sentence where there is no command
     */
    public record Leftover(String what, String where, String why, String removal) {
        public Leftover {
            where = Redaction.of(where);
            why = Redaction.of(why);
            removal = Redaction.of(removal);
        }
    }
}
