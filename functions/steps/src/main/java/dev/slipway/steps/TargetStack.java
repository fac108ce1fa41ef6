package dev.slipway.steps;

import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.ProvisionFailed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/** The CloudFormation stack of a target, made and changed through change sets only. No call waits. */
final class TargetStack {
    /** Nothing of such a stack was ever whole. */
    private static final Set<StackStatus> UNMADE = Set.of(
            StackStatus.REVIEW_IN_PROGRESS,
            StackStatus.ROLLBACK_COMPLETE,
            StackStatus.CREATE_FAILED,
            StackStatus.ROLLBACK_FAILED);

    private final CloudFormationClient cloudFormation;
    private final String name;
    private final String role;

    /** @param role what CloudFormation makes it with */
    TargetStack(CloudFormationClient cloudFormation, String name, String role) {
        this.cloudFormation = cloudFormation;
        this.name = name;
        this.role = role;
    }

    /** The name of an app's target. */
    static String nameOf(String app) {
        return "slipway-" + app;
    }

    String name() {
        return name;
    }

    /**
     * Asks CloudFormation what a change would do, where the stack is at rest.
     *
     * @param template sets where the template lies, which may have up to 1 MB there, or what it says, of up to 51,200 bytes
     * @param tags none: those that it has
     * @return false where the stack has to come to rest before
     */
    boolean begin(String changeSet, Consumer<CreateChangeSetRequest.Builder> template, Map<String, String> tags) {
        Optional<Stack> stack = find();
        if (stack.filter(TargetStack::isUnderWay).isPresent()) {
            return false;
        }
        boolean fresh = stack.isEmpty() || stack.get().stackStatus() == StackStatus.REVIEW_IN_PROGRESS;
        try {
            cloudFormation.createChangeSet(request -> request.stackName(name)
                    .changeSetName(changeSet)
                    .changeSetType(fresh ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                    .applyMutation(template)
                    .roleARN(role)
                    .capabilities(Capability.CAPABILITY_NAMED_IAM)
                    .tags(tags.isEmpty() ? stack.map(Stack::tags).orElse(List.of()) : tags(tags)));
        } catch (AlreadyExistsException begunBefore) {
            return true;
        } catch (CloudFormationException e) {
            throw failed("its template was refused (" + e.awsErrorDetails().errorMessage() + ")");
        }
        return true;
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Where a change that was begun stands. */
    StackProgress look(String changeSet) {
        DescribeChangeSetResponse change = cloudFormation.describeChangeSet(
                request -> request.stackName(name).changeSetName(changeSet));
        if (change.status() == ChangeSetStatus.FAILED) {
            return refused(String.valueOf(change.statusReason()));
        }
        if (change.executionStatus() == ExecutionStatus.AVAILABLE) {
            return new StackProgress.Ready(ChangeList.of(cloudFormation
                    .describeChangeSetPaginator(
                            request -> request.stackName(name).changeSetName(changeSet))
                    .changes()
                    .stream()));
        }
        return change.status() == ChangeSetStatus.CREATE_COMPLETE ? progress() : new StackProgress.UnderWay();
    }

    private StackProgress refused(String reason) {
        if (reason.contains("didn't contain changes") || reason.contains("No updates are to be performed")) {
            return new StackProgress.Unchanged();
        }
        return new StackProgress.Failed(
                "its change set was refused (" + reason + ")",
                find().filter(TargetStack::isUnmade).isPresent(),
                List.of());
    }

    private StackProgress progress() {
        Stack stack = find().orElseThrow(() -> failed("it disappeared"));
        if (isUnderWay(stack)) {
            return new StackProgress.UnderWay();
        }
        if (stack.stackStatus() == StackStatus.CREATE_COMPLETE || stack.stackStatus() == StackStatus.UPDATE_COMPLETE) {
            return new StackProgress.Complete(events().times());
        }
        return new StackProgress.Failed(
                events().firstFailure().orElse("it is " + stack.stackStatusAsString()),
                isUnmade(stack),
                events().times());
    }

    /** Whether its making failed before, so that it has to be removed first. */
    boolean isLeftover() {
        return find().filter(TargetStack::isUnmade)
                .filter(stack -> stack.stackStatus() != StackStatus.REVIEW_IN_PROGRESS)
                .isPresent();
    }

    /** The buckets that stayed where a making failed: what writes logs into them was quicker than what removes them. */
    List<String> keptBuckets() {
        return events().keptBuckets();
    }

    /** Carries the change out. */
    void execute(String changeSet) {
        cloudFormation.executeChangeSet(request -> request.stackName(name).changeSetName(changeSet));
    }

    /** Drops a change that is not to be carried out. */
    void drop(String changeSet) {
        cloudFormation.deleteChangeSet(request -> request.stackName(name).changeSetName(changeSet));
    }

    void delete() {
        cloudFormation.deleteStack(request -> request.stackName(name));
    }

    boolean isAtRest() {
        return find().filter(stack -> !isUnderWay(stack)).isPresent();
    }

    boolean isGone() {
        return find().isEmpty();
    }

    TargetOutputs outputs() {
        return new TargetOutputs(find().orElseThrow(() -> failed("it disappeared")).outputs().stream()
                .collect(Collectors.toMap(Output::outputKey, Output::outputValue)));
    }

    /**
     * Something in a stack.
     *
     * @param type as CloudFormation calls it
     * @param id its physical one
     */
    record Resource(String name, String type, String id) {}

    /** What the stack has, by logical id. */
    Map<String, Resource> resources() {
        return cloudFormation
                .listStackResourcesPaginator(request -> request.stackName(name))
                .stackResourceSummaries()
                .stream()
                .filter(found -> found.resourceStatus() != ResourceStatus.DELETE_COMPLETE)
                .map(found -> new Resource(
                        found.logicalResourceId(), found.resourceType(), String.valueOf(found.physicalResourceId())))
                .collect(Collectors.toMap(Resource::name, resource -> resource));
    }

    /** Whether it has something of a type, as CloudFormation calls it. */
    boolean has(String type) {
        return !isGone()
                && resources().values().stream()
                        .anyMatch(resource -> resource.type().equals(type));
    }

    /** The text that the stack was made from. */
    String template() {
        return cloudFormation
                .getTemplate(request -> request.stackName(name).templateStage(TemplateStage.ORIGINAL))
                .templateBody();
    }

    /** Whether it can be changed. */
    boolean isWhole() {
        return find().filter(stack -> stack.stackStatusAsString().endsWith("_COMPLETE"))
                .filter(stack -> !isUnmade(stack))
                .isPresent();
    }

    /** The reason of the first resource that could not be deleted. */
    Optional<String> deletionFailure() {
        return find().filter(stack -> stack.stackStatus() == StackStatus.DELETE_FAILED)
                .map(stack -> events().firstFailure().orElse("it is " + stack.stackStatusAsString()));
    }

    private StackEvents events() {
        return StackEvents.ofLastChange(
                name,
                cloudFormation.describeStackEventsPaginator(request -> request.stackName(name)).stackEvents().stream());
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

    private static boolean isUnmade(Stack stack) {
        return UNMADE.contains(stack.stackStatus());
    }

    private static boolean isUnderWay(Stack stack) {
        return stack.stackStatusAsString().endsWith("_IN_PROGRESS")
                && stack.stackStatus() != StackStatus.REVIEW_IN_PROGRESS;
    }

    ProvisionFailed failed(String why) {
        return new ProvisionFailed(
                "make the target's stack " + name, why, "resolve this (a quota, a permission, a name) and start again");
    }
}
