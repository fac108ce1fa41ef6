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
     * What was made on AWS.
     *
     * @param stack its name
     * @param twice whether services that were to be removed after the cutover run there still
     */
    record Target(String stack, boolean twice) {}

    /**
     * What is left.
     *
     * @param execution ARN of the migration's
     */
    static List<Leftover> of(
            Attempt attempt,
            Report.Outcome outcome,
            String execution,
            Optional<Target> target,
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
            target.filter(Target::twice)
                    .ifPresent(made -> left.add(new Leftover(
                            "The services that ran beside the lasting ones",
                            made.stack() + ", those with -forerunner at the end of their name",
                            "the stack could not be changed after the cutover, for which its events say the reason; nobody is led to"
                                    + " them, and each task costs money",
                            "aws cloudformation update-stack --stack-name " + made.stack()
                                    + " --capabilities CAPABILITY_NAMED_IAM --template-url https://" + bucket
                                    + ".s3.amazonaws.com/" + attempt.settledTemplate())));
        } else {
            target.ifPresent(made -> left.add(new Leftover(
                    "The target's stack",
                    made.stack(),
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
