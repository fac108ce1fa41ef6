package dev.slipway.steps;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.exception.DeployFailed;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** Commands of the app that run once, each as a task. No call waits: it is asked again until the task ended. */
final class OneOffTasks {
    private static final int TOKEN_LENGTH = 64;

    private final EcsClient ecs;
    private final TaskLog log;
    private final JsonArtifacts artifacts;

    OneOffTasks(EcsClient ecs, TaskLog log, JsonArtifacts artifacts) {
        this.ecs = ecs;
        this.log = log;
        this.artifacts = artifacts;
    }

    /**
     * What runs.
     *
     * @param name of the note that it leaves
     * @param what it is, for a failure's line
     * @param container whose command is replaced
     * @param command in its place; empty: the container's own
     */
    record Order(
            String name,
            String what,
            String cluster,
            String taskDefinition,
            NetworkConfiguration network,
            String container,
            List<String> command) {}

    /** Which task an attempt has begun, and whether it ended well: a step that is taken again begins no second one. */
    record Note(String task, boolean done) {}

    /**
     * Begins it where it was not yet.
     *
     * @return whether it ended well
     * @throws DeployFailed if it ended otherwise, with its container's last lines
     */
    boolean isDone(Attempt attempt, Order order) {
        String key = attempt.folder() + "once/" + order.name() + ".json";
        Optional<Note> note = artifacts.find(key, Note.class);
        if (note.isEmpty()) {
            artifacts.write(key, new Note(begin(attempt, order), false));
            return false;
        }
        if (!note.get().done()) {
            if (!hasEndedWell(order, note.get().task())) {
                return false;
            }
            artifacts.write(key, new Note(note.get().task(), true));
        }
        return true;
    }

    private String begin(Attempt attempt, Order order) {
        RunTaskResponse answer = ecs.runTask(request -> request.cluster(order.cluster())
                .taskDefinition(order.taskDefinition())
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(order.network())
                .group("m/" + attempt.app() + "/" + attempt.number() + "/once/" + order.name())
                .clientToken(token(attempt, order))
                .overrides(override(order)));
        return answer.tasks().stream()
                .findFirst()
                .map(Task::taskArn)
                .orElseThrow(() -> failed(
                        order,
                        "ECS did not start it (" + answer.failures().getFirst().reason() + ")",
                        "resolve this (a quota, a permission, capacity) and start again"));
    }

    private static TaskOverride override(Order order) {
        TaskOverride.Builder override = TaskOverride.builder();
        if (!order.command().isEmpty()) {
            override.containerOverrides(ContainerOverride.builder()
                    .name(order.container())
                    .command(order.command())
                    .build());
        }
        return override.build();
    }

    /** ECS starts one task only for a token, where the note was lost after the start. */
    private static String token(Attempt attempt, Order order) {
        String token = attempt.number() + "-" + order.name() + "-" + attempt.app();
        return token.substring(0, Math.min(token.length(), TOKEN_LENGTH));
    }

    private boolean hasEndedWell(Order order, String arn) {
        Task task = ecs
                .describeTasks(request -> request.cluster(order.cluster()).tasks(arn))
                .tasks()
                .stream()
                .findFirst()
                .orElseThrow(
                        () -> failed(order, "ECS has forgotten its task " + arn, "look at its log and start again"));
        if (!task.lastStatus().equals("STOPPED")) {
            return false;
        }
        boolean well = task.containers().stream()
                .allMatch(container -> container.exitCode() != null && container.exitCode() == 0);
        if (!well) {
            throw failed(
                    order,
                    "it ended with " + log.ending(task),
                    "the target takes no writes before Cut over, so bring the source to where it has nothing to write, and start again");
        }
        return true;
    }

    private static DeployFailed failed(Order order, String why, String remedy) {
        return new DeployFailed("run " + order.what() + " once", why, remedy);
    }
}
