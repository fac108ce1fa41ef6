package dev.slipway.local.account;

import dev.slipway.account.Clients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Deploys a template into an account as {@code sam deploy} does it on AWS, because it is what does it. */
public final class SamDeploy {
    // sam would make one by a stack of its own, and look every 15 seconds whether it is there.
    private static final String BUCKET = "slipway-deployments";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private SamDeploy() {}

    /**
     * Deploys the template and returns the stack's outputs.
     *
     * @param log where {@code sam} writes to
     * @throws AccountFailed with the first reason that CloudFormation gives, or with what {@code sam} said last
     */
    public static Map<String, String> deploy(
            PythonEnvironment sam,
            Account account,
            Path template,
            String stack,
            Map<String, String> parameters,
            Path log)
            throws IOException {
        new Gateway(account.endpoint()).createBucket(BUCKET);
        int code = Tool.of(command(sam, template, stack, parameters))
                .environment(account.environment())
                .log(log)
                .limit(LIMIT)
                .run();
        try (CloudFormationClient client = client(account.endpoint())) {
            if (code != 0) {
                throw failed(client, stack, template, log);
            }
            return outputs(client, stack);
        }
    }

    private static List<String> command(
            PythonEnvironment sam, Path template, String stack, Map<String, String> parameters) {
        List<String> command = new ArrayList<>(List.of(
                sam.bin("sam").toString(),
                "deploy",
                "--template-file",
                template.toString(),
                "--stack-name",
                stack,
                "--s3-bucket",
                BUCKET,
                "--capabilities",
                "CAPABILITY_IAM",
                "--no-confirm-changeset",
                "--no-fail-on-empty-changeset",
                "--no-progressbar"));
        if (!parameters.isEmpty()) {
            command.add("--parameter-overrides");
            parameters.forEach((name, value) -> command.add("ParameterKey=" + name + ",ParameterValue=" + value));
        }
        return command;
    }

    private static AccountFailed failed(CloudFormationClient client, String stack, Path template, Path log)
            throws IOException {
        Optional<String> reason = firstFailure(client, stack);
        String said = reason.isPresent()
                ? reason.get()
                : Tool.lastLine(log, 0, line -> line.contains("Error")).orElse("sam did not say why");
        return new AccountFailed("deploy " + template.getFileName() + " as " + stack, said, "read " + log);
    }

    private static Optional<String> firstFailure(CloudFormationClient client, String stack) {
        try {
            return client.describeStackEvents(request -> request.stackName(stack)).stackEvents().stream()
                    .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                    .filter(event -> event.resourceStatusReason() != null)
                    .reduce((later, earlier) -> earlier)
                    .map(SamDeploy::describe);
        } catch (SdkException e) {
            // No such stack: the template was refused before there was one, and sam says why.
            return Optional.empty();
        }
    }

    private static String describe(StackEvent event) {
        return event.logicalResourceId() + " failed: " + event.resourceStatusReason();
    }

    private static Map<String, String> outputs(CloudFormationClient client, String stack) {
        Map<String, String> outputs = new HashMap<>();
        for (Output output : client.describeStacks(request -> request.stackName(stack))
                .stacks()
                .getFirst()
                .outputs()) {
            outputs.put(output.outputKey(), output.outputValue());
        }
        return Map.copyOf(outputs);
    }

    private static CloudFormationClient client(URI endpoint) {
        return Clients.of(CloudFormationClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))));
    }
}
