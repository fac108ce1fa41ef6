package dev.slipway.local.account;

import dev.slipway.account.Clients;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** An account with the probe's machines deployed. */
record ProbeAccount(Account account, Path run, Map<String, String> outputs, SfnClient states) {
    static ProbeAccount start(Path root, Path run, int heartbeatSeconds) throws IOException {
        PythonEnvironments environments = new PythonEnvironments(
                root.resolve(".slipway"),
                root.resolve("functions/local/src/main/account"),
                System.getenv(),
                System.out::println);
        Account account =
                Account.start(AccountSettings.inCheckout(root, run, environments.ensure(PythonEnvironments.ACCOUNT)));
        Path template = unpack(Files.createDirectories(run.resolve("probe")));
        Map<String, String> outputs = SamDeploy.deploy(
                environments.ensure(PythonEnvironments.SAM),
                account,
                template,
                "probe",
                Map.of("Heartbeat", Integer.toString(heartbeatSeconds)),
                run.resolve("logs/sam.log"));
        SfnClient states = Clients.of(SfnClient.builder()
                .endpointOverride(account.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))));
        return new ProbeAccount(account, run, outputs, states);
    }

    String begin(String input) {
        return states.startExecution(
                        request -> request.stateMachineArn(output("Machine")).input(input))
                .executionArn();
    }

    DescribeExecutionResponse end(String execution) {
        Await.until(() -> describe(execution).status() != ExecutionStatus.RUNNING);
        return describe(execution);
    }

    DescribeExecutionResponse describe(String execution) {
        return states.describeExecution(request -> request.executionArn(execution));
    }

    /** The inputs of the machine that the rule starts. */
    Stream<String> heard() {
        return states.listExecutions(request -> request.stateMachineArn(output("Ended"))).executions().stream()
                .map(ExecutionListItem::executionArn)
                .map(execution -> describe(execution).input());
    }

    Stream<HistoryEvent> history(String execution) {
        return states.getExecutionHistory(request -> request.executionArn(execution)).events().stream();
    }

    List<Long> functions() {
        String[] pids = Objects.requireNonNull(run.resolve("pids").toFile().list());
        return Stream.of(pids)
                .map(Long::valueOf)
                .filter(pid -> pid != account.pid())
                .toList();
    }

    private String output(String name) {
        return Objects.requireNonNull(outputs.get(name));
    }

    private static Path unpack(Path folder) throws IOException {
        for (String name : List.of("probe.template.yaml", "probe.asl.yaml")) {
            try (InputStream in = Objects.requireNonNull(ProbeAccount.class.getResourceAsStream(name))) {
                Files.write(folder.resolve(name), in.readAllBytes());
            }
        }
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("probe.jar")))) {
            for (Class<?> type : List.of(Probe.class, ProbeRefused.class)) {
                String entry = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + entry))) {
                    in.transferTo(jar);
                }
            }
        }
        return folder.resolve("probe.template.yaml");
    }
}
