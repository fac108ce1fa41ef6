package dev.slipway.steps;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.report.Report;
import dev.slipway.report.Report.Leftover;
import dev.slipway.report.StoreReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an attempt leaves behind that costs money, and how it is removed. */
final class Leftovers {
    private Leftovers() {}

    static List<Leftover> of(
            Attempt attempt,
            Report.Outcome outcome,
            Optional<TargetOutputs> target,
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
        } else if (target.isPresent()) {
            String stack = "slipway-" + attempt.app();
            left.add(new Leftover(
                    "The target's stack",
                    stack,
                    "the next attempt uses it again; its services are stopped, its stores still cost money",
                    "aws cloudformation delete-stack --stack-name " + stack
                            + " (the stores are retained: delete them by hand)"));
        }
        return left;
    }
}
