package dev.slipway.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** One stack of CloudFormation, which a test brings on by hand. */
final class FakeStack implements CloudFormationClient {
    static final String NAME = "slipway-shop";

    private final List<StackEvent> oldestFirst = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private Map<String, String> tags = Map.of();
    private Map<String, String> outputs = Map.of();
    private final List<StackResourceSummary> resources = new ArrayList<>();
    private String template = "";
    private String templateUrl = "";
    private String templateBody = "";
    private @Nullable StackStatus status;
    private ChangeSetStatus changeSet = ChangeSetStatus.CREATE_COMPLETE;
    private @Nullable String refusal;
    private ExecutionStatus execution = ExecutionStatus.UNAVAILABLE;

    FakeStack is(StackStatus now) {
        status = now;
        return this;
    }

    FakeStack has(Map<String, String> values) {
        outputs = values;
        return this;
    }

    FakeStack madeFrom(String text) {
        template = text;
        return this;
    }

    FakeStack holds(String name, String type, String id) {
        resources.add(StackResourceSummary.builder()
                .logicalResourceId(name)
                .resourceType(type)
                .physicalResourceId(id)
                .resourceStatus(ResourceStatus.CREATE_COMPLETE)
                .build());
        return this;
    }

    FakeStack wouldDo(ChangeAction action, Replacement replacement, String name, String type) {
        changes.add(Change.builder()
                .resourceChange(change -> change.action(action)
                        .replacement(replacement)
                        .logicalResourceId(name)
                        .resourceType(type))
                .build());
        return this;
    }

    FakeStack refusesTheChangeSet(String reason) {
        changeSet = ChangeSetStatus.FAILED;
        refusal = reason;
        return this;
    }

    FakeStack tells(String name, String type, ResourceStatus what, String reason) {
        now = now.plusSeconds(10);
        oldestFirst.add(StackEvent.builder()
                .timestamp(now)
                .logicalResourceId(name)
                .resourceType(type)
                .resourceStatus(what)
                .resourceStatusReason(reason)
                .build());
        return this;
    }

    /** Though what made it was undone. */
    FakeStack keeps(String name, String type, String id) {
        tells(name, type, ResourceStatus.DELETE_SKIPPED, "");
        oldestFirst.add(
                oldestFirst.removeLast().toBuilder().physicalResourceId(id).build());
        return this;
    }

    @Nullable
    StackStatus status() {
        return status;
    }

    Map<String, String> tags() {
        return tags;
    }

    String templateUrl() {
        return templateUrl;
    }

    String templateBody() {
        return templateBody;
    }

    boolean isExecuted() {
        return execution == ExecutionStatus.EXECUTE_COMPLETE;
    }

    @Override
    public String serviceName() {
        return "cloudformation";
    }

    @Override
    public void close() {}

    @Override
    public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
        if (status == null) {
            throw CloudFormationException.builder()
                    .message("Stack with id " + NAME + " does not exist")
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorMessage("does not exist")
                            .build())
                    .build();
        }
        Function<Map.Entry<String, String>, Output> output = entry -> Output.builder()
                .outputKey(entry.getKey())
                .outputValue(entry.getValue())
                .build();
        return DescribeStacksResponse.builder()
                .stacks(Stack.builder()
                        .stackName(NAME)
                        .stackStatus(status)
                        .outputs(outputs.entrySet().stream().map(output).toList())
                        .build())
                .build();
    }

    @Override
    public CreateChangeSetResponse createChangeSet(CreateChangeSetRequest request) {
        templateUrl = String.valueOf(request.templateURL());
        templateBody = String.valueOf(request.templateBody());
        tags = request.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
        status = status == null ? StackStatus.REVIEW_IN_PROGRESS : status;
        execution = ExecutionStatus.AVAILABLE;
        return CreateChangeSetResponse.builder().build();
    }

    @Override
    public DescribeChangeSetResponse describeChangeSet(DescribeChangeSetRequest request) {
        return DescribeChangeSetResponse.builder()
                .status(changeSet)
                .statusReason(refusal)
                .executionStatus(execution)
                .changes(changes)
                .build();
    }

    @Override
    public ExecuteChangeSetResponse executeChangeSet(ExecuteChangeSetRequest request) {
        execution = ExecutionStatus.EXECUTE_COMPLETE;
        status = StackStatus.CREATE_IN_PROGRESS;
        return ExecuteChangeSetResponse.builder().build();
    }

    @Override
    public DeleteChangeSetResponse deleteChangeSet(DeleteChangeSetRequest request) {
        execution = ExecutionStatus.OBSOLETE;
        return DeleteChangeSetResponse.builder().build();
    }

    @Override
    public DeleteStackResponse deleteStack(DeleteStackRequest request) {
        status = StackStatus.DELETE_IN_PROGRESS;
        return DeleteStackResponse.builder().build();
    }

    @Override
    public GetTemplateResponse getTemplate(GetTemplateRequest request) {
        return GetTemplateResponse.builder().templateBody(template).build();
    }

    @Override
    public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
        return ListStackResourcesResponse.builder()
                .stackResourceSummaries(resources)
                .build();
    }

    @Override
    public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
        return DescribeStackEventsResponse.builder()
                .stackEvents(oldestFirst.reversed())
                .build();
    }

    void isGone() {
        status = null;
    }
}
