package dev.slipway.steps;

import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.report.ProvisionReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;

/** One attempt's change of a stack, from its change set to its outputs, one short step at a time. */
final class StackChange {
    private final JsonArtifacts artifacts;
    private final TargetStack stack;
    private final Consumer<String> removeBucket;
    private final String note;
    private final String report;

    /**
     * @param removeBucket removes one of those that CloudFormation keeps
     * @param note the artifact that says how far it is
     * @param report the artifact that says what was changed
     */
    StackChange(JsonArtifacts artifacts, TargetStack stack, Consumer<String> removeBucket, String note, String report) {
        this.artifacts = artifacts;
        this.stack = stack;
        this.removeBucket = removeBucket;
        this.note = note;
        this.report = report;
    }

    /**
     * Written when an attempt's change has begun.
     *
     * @param failed why it failed, while what is left of it is being removed
     */
    record Begun(String changeSet, Optional<String> failed) {}

    /** Where it stands. */
    sealed interface Progress {
        /** It goes on by itself. */
        record UnderWay() implements Progress {}

        /** The stack is as it was asked for. */
        record Made(TargetOutputs outputs) implements Progress {}

        /** It was not made, and nothing is left of it. */
        record Gone(ProvisionFailed failure) implements Progress {}
    }

    boolean isBegun() {
        return begun().isPresent();
    }

    private Optional<Begun> begun() {
        return artifacts.find(note, Begun.class);
    }

    /** Asks for the change set, unless the stack has to come to rest first. */
    void begin(String changeSet, Consumer<CreateChangeSetRequest.Builder> template, Map<String, String> tags) {
        if (stack.isLeftover()) {
            remove();
        } else if (stack.begin(changeSet, template, tags)) {
            artifacts.write(note, new Begun(changeSet, Optional.empty()));
        }
    }

    /**
     * Takes the next step of a change that was begun.
     *
     * @throws ProvisionFailed if the stack stays as it was before
     */
    Progress advance() {
        Begun begun = begun().orElseThrow();
        return begun.failed().isPresent() ? removal(begun.failed().get()) : advance(begun.changeSet());
    }

    private Progress advance(String changeSet) {
        return switch (stack.look(changeSet)) {
            case StackProgress.UnderWay underWay -> new Progress.UnderWay();
            case StackProgress.Ready ready -> {
                execute(changeSet, ready.changes());
                yield new Progress.UnderWay();
            }
            case StackProgress.Unchanged unchanged -> made(List.of(), List.of());
            case StackProgress.Complete complete -> made(changes(), complete.times());
            case StackProgress.Failed failed -> {
                report(changes(), ProvisionReport.Ending.UNDONE, failed.times());
                giveUp(changeSet, failed);
                yield new Progress.UnderWay();
            }
        };
    }

    private Progress made(List<ProvisionReport.Change> changes, List<ProvisionReport.Time> times) {
        report(changes, ProvisionReport.Ending.DONE, times);
        return new Progress.Made(stack.outputs());
    }

    private void execute(String changeSet, List<ProvisionReport.Change> changes) {
        try {
            ChangeList.requireStoresKept(stack.name(), changes);
        } catch (ProvisionFailed refusal) {
            stack.drop(changeSet);
            throw refusal;
        }
        report(changes, ProvisionReport.Ending.BEGUN, List.of());
        stack.execute(changeSet);
    }

    private void report(
            List<ProvisionReport.Change> changes, ProvisionReport.Ending ending, List<ProvisionReport.Time> times) {
        artifacts.write(report, new ProvisionReport(stack.name(), changes, ending, times));
    }

    private List<ProvisionReport.Change> changes() {
        return artifacts
                .find(report, ProvisionReport.class)
                .map(ProvisionReport::changes)
                .orElse(List.of());
    }

    /** A stack that was never whole is empty after its rollback, and is removed before the failure is told. */
    private void giveUp(String changeSet, StackProgress.Failed failed) {
        if (!failed.unmade()) {
            throw stack.failed(failed.reason());
        }
        artifacts.write(note, new Begun(changeSet, Optional.of(failed.reason())));
        remove();
    }

    /** With the logs of its load balancer, which no user has asked yet. */
    private void remove() {
        stack.keptBuckets().forEach(removeBucket);
        stack.delete();
    }

    /** The failure is told once nothing is left, or once it is known that something stays. */
    private Progress removal(String reason) {
        stack.deletionFailure().ifPresent(stays -> {
            throw stack.failed(reason + "; then it could not be removed: " + stays);
        });
        if (stack.isGone()) {
            return new Progress.Gone(stack.failed(reason));
        }
        if (stack.isAtRest()) {
            remove();
        }
        return new Progress.UnderWay();
    }
}
