package dev.slipway.steps;

import dev.slipway.blueprints.EdgeTemplate;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.migration.plan.Plan;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** What a target needs at CloudFront's own region: made before it where it needs something there, and removed after it. */
final class EdgeStack {
    private final Optional<TargetStack> stack;

    /** @param cloudFormation of {@link EdgeTemplate#REGION} */
    EdgeStack(CloudFormationClient cloudFormation, Plan plan, String role) {
        this.stack = Optional.of(plan)
                .filter(EdgeTemplate::isElsewhere)
                .map(elsewhere -> new TargetStack(cloudFormation, EdgeTemplate.stack(elsewhere), role));
    }

    /**
     * Takes the next step towards it.
     *
     * @return its outputs once it is as the target needs it, none where that needs nothing; empty: it is under way
     */
    Optional<TargetOutputs> make(Attempt attempt, TargetSpec spec, JsonArtifacts artifacts, Map<String, String> tags) {
        Optional<String> template = EdgeTemplate.of(spec);
        if (template.isEmpty()) {
            return Optional.of(new TargetOutputs(Map.of()));
        }
        StackChange change = new StackChange(
                artifacts, stack.orElseThrow(), bucket -> {}, attempt.edgeProvisioning(), attempt.edgeProvisioned());
        if (!change.isBegun()) {
            // The artifacts' bucket is in another region: the text goes with the request, which holds a hundred names.
            change.begin("slipway-" + attempt.number(), request -> request.templateBody(template.get()), tags);
            return Optional.empty();
        }
        return switch (change.advance()) {
            case StackChange.Progress.UnderWay underWay -> Optional.empty();
            case StackChange.Progress.Made made -> Optional.of(made.outputs());
            case StackChange.Progress.Gone gone -> throw gone.failure();
        };
    }

    /**
     * Takes the next step of its removal.
     *
     * @return whether it is gone
     * @throws ProvisionFailed if it could not be deleted; the next attempt begins anew
     */
    boolean remove(Attempt attempt, JsonArtifacts artifacts) {
        String note = attempt.edgeRemoval();
        if (stack.isEmpty() || stack.get().isGone()) {
            artifacts.delete(note);
            return true;
        }
        if (artifacts.text(note).isEmpty()) {
            stack.get().delete();
            artifacts.writeText(note, stack.get().name());
        }
        stack.get().deletionFailure().ifPresent(reason -> {
            artifacts.delete(note);
            throw new ProvisionFailed(
                    "remove the stack " + stack.get().name() + " in " + EdgeTemplate.REGION,
                    reason,
                    "resolve this and start the execution again");
        });
        return false;
    }
}
