package dev.slipway.steps;

import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.ProvisionFailed;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The CloudFormation stack of a target, made and changed through change sets only. No call waits. */
final class TargetStack {
    private final CloudFormationClient cloudFormation;
    private final String name;
    private final String role;

    TargetStack(CloudFormationClient cloudFormation, String name, String role) {
        this.cloudFormation = cloudFormation;
        this.name = name;
        this.role = role;
    }

    /** Where a change stands. */
    enum Progress {
        UNDER_WAY,
        COMPLETE
    }

    /**
     * Begins a change, where the stack is at rest; a stack whose making failed is removed first.
     *
     * @return false where the stack has to come to rest before
     */
    boolean begin(String changeSet, String template, String app) {
        Optional<Stack> stack = find();
        if (stack.filter(TargetStack::isUnmade).isPresent()) {
            cloudFormation.deleteStack(request -> request.stackName(name));
            return false;
        }
        if (stack.filter(TargetStack::isUnderWay).isPresent()) {
            return false;
        }
        ChangeSetType type = stack.filter(found -> found.stackStatus() != StackStatus.REVIEW_IN_PROGRESS)
                        .isPresent()
                ? ChangeSetType.UPDATE
                : ChangeSetType.CREATE;
        cloudFormation.createChangeSet(request -> request.stackName(name)
                .changeSetName(changeSet)
                .changeSetType(type)
                .templateBody(template)
                .roleARN(role)
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .tags(Tag.builder().key("slipway:app").value(app).build()));
        return true;
    }

    /**
     * Brings a change that was begun one step on.
     *
     * @throws ProvisionFailed with the reason of the first resource that failed
     */
    Progress advance(String changeSet) {
        DescribeChangeSetResponse change = cloudFormation.describeChangeSet(
                request -> request.stackName(name).changeSetName(changeSet));
        if (change.status() == ChangeSetStatus.FAILED) {
            return withoutChanges(change);
        }
        if (change.executionStatus() == ExecutionStatus.AVAILABLE) {
            cloudFormation.executeChangeSet(request -> request.stackName(name).changeSetName(changeSet));
            return Progress.UNDER_WAY;
        }
        boolean pending = change.status() != ChangeSetStatus.CREATE_COMPLETE;
        return pending ? Progress.UNDER_WAY : progress();
    }

    private Progress withoutChanges(DescribeChangeSetResponse change) {
        String reason = String.valueOf(change.statusReason());
        if (reason.contains("didn't contain changes") || reason.contains("No updates are to be performed")) {
            return Progress.COMPLETE;
        }
        throw failed("its change set was refused (" + reason + ")");
    }

    private Progress progress() {
        Stack stack = find().orElseThrow(() -> failed("it disappeared"));
        if (isUnderWay(stack)) {
            return Progress.UNDER_WAY;
        }
        if (stack.stackStatus() == StackStatus.CREATE_COMPLETE || stack.stackStatus() == StackStatus.UPDATE_COMPLETE) {
            return Progress.COMPLETE;
        }
        throw failed(firstFailure().orElse("it is " + stack.stackStatusAsString()));
    }

    TargetOutputs outputs() {
        return new TargetOutputs(find().orElseThrow(() -> failed("it disappeared")).outputs().stream()
                .collect(Collectors.toMap(Output::outputKey, Output::outputValue)));
    }

    private Optional<Stack> find() {
        try {
            return cloudFormation.describeStacks(request -> request.stackName(name)).stacks().stream()
                    .filter(stack -> stack.stackStatus() != StackStatus.DELETE_COMPLETE)
                    .findFirst();
        } catch (CloudFormationException e) {
            if (String.valueOf(e.getMessage()).contains("does not exist")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The reason of the first resource that failed; later ones only say that they were cancelled. */
    private Optional<String> firstFailure() {
        return cloudFormation.describeStackEventsPaginator(request -> request.stackName(name)).stackEvents().stream()
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .filter(event -> !String.valueOf(event.resourceStatusReason()).contains("cancelled"))
                .filter(event -> !event.logicalResourceId().equals(name))
                .reduce((later, earlier) -> earlier)
                .map(TargetStack::describe);
    }

    private static String describe(StackEvent event) {
        return event.logicalResourceId() + " (" + event.resourceType() + ") failed: " + event.resourceStatusReason();
    }

    private static boolean isUnmade(Stack stack) {
        return stack.stackStatus() == StackStatus.ROLLBACK_COMPLETE
                || stack.stackStatus() == StackStatus.CREATE_FAILED
                || stack.stackStatus() == StackStatus.ROLLBACK_FAILED;
    }

    private static boolean isUnderWay(Stack stack) {
        return stack.stackStatusAsString().endsWith("_IN_PROGRESS")
                && stack.stackStatus() != StackStatus.REVIEW_IN_PROGRESS;
    }

    private ProvisionFailed failed(String why) {
        return new ProvisionFailed(
                "make the target's stack " + name, why, "resolve this (a quota, a permission, a name) and start again");
    }
}
