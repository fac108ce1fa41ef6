package dev.slipway.steps;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/** How tasks that stopped ended, and what their containers said last. That is the app's own text: it may hold whatever it logs. */
record TaskLog(EcsClient ecs, CloudWatchLogsClient logs) {
    private static final int LINES = 10;
    private static final int LINE_LENGTH = 200;

    /** The last task of a service that stopped, in one line; empty where ECS remembers none. */
    Optional<String> lastEnding(String cluster, String service) {
        List<String> stopped = ecs.listTasks(
                        request -> request.cluster(cluster).serviceName(service).desiredStatus(DesiredStatus.STOPPED))
                .taskArns();
        if (stopped.isEmpty()) {
            return Optional.empty();
        }
        return ecs.describeTasks(request -> request.cluster(cluster).tasks(stopped)).tasks().stream()
                .filter(task -> task.stoppedAt() != null)
                .max(Comparator.comparing(Task::stoppedAt))
                .map(this::ending);
    }

    /** How a task ended, e.g. {@code exit code 1 (Essential container in task exited); its last lines: …}. */
    String ending(Task task) {
        Container container = failed(task);
        String code = container.exitCode() == null ? "no exit code" : "exit code " + container.exitCode();
        String why = container.reason() == null ? task.stoppedReason() : container.reason();
        String said = lastLines(task, container);
        return code + " (" + why + ")" + (said.isEmpty() ? "" : "; its last lines: " + said);
    }

    private static Container failed(Task task) {
        return task.containers().stream()
                .filter(container -> container.exitCode() == null || container.exitCode() != 0)
                .findFirst()
                .orElseGet(() -> task.containers().getFirst());
    }

    private String lastLines(Task task, Container container) {
        try {
            Map<String, String> options =
                    definition(task, container).logConfiguration().options();
            String id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
            String stream = options.get("awslogs-stream-prefix") + "/" + container.name() + "/" + id;
            return logs
                    .getLogEvents(request -> request.logGroupName(options.get("awslogs-group"))
                            .logStreamName(stream)
                            .limit(LINES)
                            .startFromHead(false))
                    .events()
                    .stream()
                    .map(event -> shortened(event.message()))
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining(" | "));
        } catch (SdkException e) {
            // What it said is less than how it ended, which must not be lost over it.
            return "cannot be read (" + e.getMessage() + ")";
        }
    }

    private ContainerDefinition definition(Task task, Container container) {
        return ecs
                .describeTaskDefinition(request -> request.taskDefinition(task.taskDefinitionArn()))
                .taskDefinition()
                .containerDefinitions()
                .stream()
                .filter(found -> Objects.equals(found.name(), container.name()))
                .findFirst()
                .orElseThrow();
    }

    private static String shortened(String line) {
        String stripped = line.strip();
        return stripped.length() <= LINE_LENGTH ? stripped : stripped.substring(0, LINE_LENGTH) + "…";
    }
}
