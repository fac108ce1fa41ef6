package dev.slipway.local.account;

import dev.slipway.account.Clients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.s3.S3Client;

/** The stacks of an account, made and changed as Provision target does it: through change sets. */
final class Stacks implements AutoCloseable {
    /** What a change came to where there was nothing to change. */
    static final String UNCHANGED = "UNCHANGED";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String TEMPLATES = "templates";

    private final Account account;
    private final CloudFormationClient client;
    private final S3Client objects;
    private final AtomicInteger changes = new AtomicInteger();

    Stacks(Account account) {
        this.account = account;
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        this.client = Clients.of(CloudFormationClient.builder()
                .endpointOverride(account.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials));
        this.objects = Clients.of(S3Client.builder()
                .endpointOverride(account.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials));
        objects.createBucket(request -> request.bucket(TEMPLATES));
    }

    /** @return the stack's status once it is at rest, or {@link #UNCHANGED} */
    String change(String stack, String template, Map<String, String> parameters) {
        String changeSet = "change-" + changes.incrementAndGet();
        // A request itself holds 51,200 bytes, which the target of a guide exceeds.
        objects.putObject(request -> request.bucket(TEMPLATES).key(changeSet), RequestBody.fromString(template));
        client.createChangeSet(request -> request.stackName(stack)
                .changeSetName(changeSet)
                .changeSetType(exists(stack) ? ChangeSetType.UPDATE : ChangeSetType.CREATE)
                .templateURL(account.endpoint()
                        .resolve("/" + TEMPLATES + "/" + changeSet)
                        .toString())
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .parameters(parameters.entrySet().stream()
                        .map(entry -> Parameter.builder()
                                .parameterKey(entry.getKey())
                                .parameterValue(entry.getValue())
                                .build())
                        .toList()));
        Await.until(() -> !describe(stack, changeSet).statusAsString().matches(".*_(PENDING|IN_PROGRESS)"));
        DescribeChangeSetResponse change = describe(stack, changeSet);
        if (change.status() == ChangeSetStatus.FAILED) {
            return change.statusReason().contains("didn't contain changes") ? UNCHANGED : change.statusReason();
        }
        client.executeChangeSet(request -> request.stackName(stack).changeSetName(changeSet));
        Await.until(() -> isAtRest(stack), PATIENCE);
        return status(stack);
    }

    /** @return the stack's status once it is at rest */
    String delete(String stack) {
        String id = found(stack).stackId();
        client.deleteStack(request -> request.stackName(stack));
        Await.until(() -> isAtRest(id), PATIENCE);
        return status(id);
    }

    /** What the first resource that failed says, as {@code logical id: reason}. */
    String firstFailure(String stack) {
        return events(stack).stream()
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .filter(event -> !event.logicalResourceId().equals(stack))
                .map(event -> event.logicalResourceId() + ": " + event.resourceStatusReason())
                .reduce((later, earlier) -> earlier)
                .orElse("nothing failed");
    }

    /** The resources that the last change set named before it was carried out. */
    Set<String> listed(String stack) {
        return describe(stack, "change-" + changes.get()).changes().stream()
                .map(change -> change.resourceChange().logicalResourceId())
                .collect(Collectors.toSet());
    }

    /** The resources that were told to have changed, in all of the stack's life. */
    Set<String> updated(String stack) {
        return events(stack).stream()
                .filter(event -> event.resourceStatusAsString().equals("UPDATE_COMPLETE"))
                .map(StackEvent::logicalResourceId)
                .filter(name -> !name.equals(stack))
                .collect(Collectors.toSet());
    }

    /** Physical ids by logical ones. */
    Map<String, String> resources(String stack) {
        return client.describeStackResources(request -> request.stackName(stack)).stackResources().stream()
                .filter(resource -> resource.physicalResourceId() != null)
                .collect(Collectors.toMap(StackResource::logicalResourceId, StackResource::physicalResourceId));
    }

    Map<String, String> outputs(String stack) {
        return found(stack).outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    }

    String status(String stack) {
        return found(stack).stackStatusAsString();
    }

    @Override
    public void close() {
        client.close();
        objects.close();
    }

    private boolean exists(String stack) {
        try {
            return !found(stack).stackStatusAsString().startsWith("DELETE_");
        } catch (CloudFormationException e) {
            return false;
        }
    }

    private boolean isAtRest(String stack) {
        return !status(stack).endsWith("_IN_PROGRESS");
    }

    private Stack found(String stack) {
        return client.describeStacks(request -> request.stackName(stack))
                .stacks()
                .getFirst();
    }

    private List<StackEvent> events(String stack) {
        return client.describeStackEventsPaginator(request -> request.stackName(stack)).stackEvents().stream()
                .toList();
    }

    private DescribeChangeSetResponse describe(String stack, String changeSet) {
        return client.describeChangeSet(request -> request.stackName(stack).changeSetName(changeSet));
    }
}
