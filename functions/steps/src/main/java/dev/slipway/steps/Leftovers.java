package dev.slipway.steps;

import dev.slipway.migration.Attempt;
import dev.slipway.report.Report;
import dev.slipway.report.Report.Leftover;
import dev.slipway.report.StoreReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an attempt leaves behind that costs money, and how it is removed. */
final class Leftovers {
    /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
    private static final Pattern EXECUTION =
            Pattern.compile("(?<place>arn:[^:]+:states:[^:]+:[^:]+:)execution:(?<pipeline>[^:]+)-migration:.+");

    private Leftovers() {}

    /**
     * What is left.
     *
     * @param execution ARN of the migration's
     * @param target name of the target's stack, where there is one
     */
    static List<Leftover> of(
            Attempt attempt,
            Report.Outcome outcome,
            String execution,
            Optional<String> target,
            List<StoreReport> stores,
            String bucket) {
        List<Leftover> left = new ArrayList<>();
        if (stores.stream().anyMatch(store -> store.snapshot().isPresent())) {
            left.add(new Leftover(
                    "Safety copies of the source",
                    "s3://" + bucket + "/" + attempt.folder() + "snapshot/",
                    "kept until somebody decides that they are not needed any more",
                    "aws s3 rm --recursive s3://" + bucket + "/" + attempt.folder() + "snapshot/"));
        }
        if (outcome == Report.Outcome.COMPLETE) {
            left.add(new Leftover(
                    "The old side",
                    "the source's own servers",
                    "its stores are still fenced, so that nobody writes past the target",
                    "switch the old servers off when the hold is over"));
        } else {
            target.ifPresent(stack -> left.add(new Leftover(
                    "The target's stack",
                    stack,
                    "the next attempt uses it again; its services are stopped, its stores still cost money. The machine"
                            + " 'takedown' removes it but for the stores, and with \"stores\":\"delete\" those, too,"
                            + " after a final backup",
                    "aws stepfunctions start-execution --state-machine-arn " + takeDown(execution)
                            + " --input '{\"app\":\"" + attempt.app() + "\"}'")));
        }
        return left;
    }

    /** The machine beside the migration's own: the names of a pipeline's begin alike. */
    private static String takeDown(String execution) {
        Matcher known = EXECUTION.matcher(execution);
        return known.matches()
                ? known.group("place") + "stateMachine:" + known.group("pipeline") + "-takedown"
                : "TakeDownMachine";
    }
}
