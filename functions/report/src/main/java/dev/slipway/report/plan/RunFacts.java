package dev.slipway.report.plan;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedCutover;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.report.plan.PlanPage.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How the run goes, in the words that the terminal and the page share. */
public final class RunFacts {
    private RunFacts() {}

    /** What is said at once: how writes and traffic move. */
    static List<Fact> of(Plan plan) {
        PlannedCutover cutover = plan.cutover();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Strategy", Words.lower(plan.strategy()) + ": " + plan.strategyReason()));
        plan.schemaCommand().ifPresent(command -> facts.add(new Fact("Schema", command)));
        facts.add(new Fact("Name", name(plan.traffic())));
        facts.add(new Fact("Weights", weights(plan.traffic())));
        facts.add(new Fact("Gate", gate(plan.traffic())));
        facts.add(new Fact(
                "Cutover",
                "writes wait at most " + Words.seconds(cutover.maxPauseSeconds()) + "; the new side is watched for "
                        + Words.seconds(cutover.soakSeconds()) + " before it, the old one kept for "
                        + Words.seconds(cutover.holdSeconds()) + " after it"));
        facts.add(new Fact(
                "Approval",
                plan.approval() ? "a person approves the plan before anything is made" : "none is waited for"));
        facts.add(
                new Fact("Told of its end", plan.notified().isEmpty() ? "nobody" : String.join(", ", plan.notified())));
        facts.add(new Fact("Secrets", "kept in Secrets Manager under " + plan.secret()));
        return facts;
    }

    /** E.g. {@code api.example.com in zone example.com}. */
    public static String name(PlannedTraffic traffic) {
        return traffic.record()
                .map(record -> record + " in zone " + traffic.zone().orElse("none yet"))
                .orElse("not said yet: traffic.zone and traffic.record of slipway.yaml");
    }

    /** E.g. {@code 50 100 % to the new side, 5 min each}. */
    public static String weights(PlannedTraffic traffic) {
        return traffic.weights().stream().map(String::valueOf).collect(Collectors.joining(" ")) + " % to the new side, "
                + Words.seconds(traffic.everySeconds()) + " each";
    }

    /** What allows the next weight. */
    public static String gate(PlannedTraffic traffic) {
        String time = traffic.responseTimeMs()
                .map(limit -> " and the mean answer takes at most " + limit + " ms")
                .orElse("");
        String again = traffic.failures() > 1 ? ", " + traffic.failures() + " measurements in a row" : "";
        return "goes on while at most " + Words.percent(traffic.errorShare()) + " of the answers are 5xx" + time
                + "; goes back otherwise" + again;
    }
}
