package dev.slipway.steps;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/** The tasks of a cluster, whoever started them. */
record ClusterTasks(EcsClient ecs, String cluster) {
    /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
    private static final int MOST_AT_ONCE = 100;

    private static final String ENDED = "STOPPED";

    /** Of all of them those that have not ended, those that are on their way to it, too. */
    List<String> alive() {
        List<String> all = new ArrayList<>();
        for (DesiredStatus wanted : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
            ecs.listTasksPaginator(request -> request.cluster(cluster).desiredStatus(wanted))
                    .taskArns()
                    .forEach(all::add);
        }
        return alive(all);
    }

    /** Of those the ones that have not ended; ECS forgets a task an hour after its end. */
    List<String> alive(List<String> tasks) {
        List<String> alive = new ArrayList<>();
        for (int from = 0; from < tasks.size(); from += MOST_AT_ONCE) {
            List<String> some = tasks.subList(from, Math.min(tasks.size(), from + MOST_AT_ONCE));
            ecs.describeTasks(request -> request.cluster(cluster).tasks(some)).tasks().stream()
                    .filter(task -> !ENDED.equals(task.lastStatus()))
                    .map(Task::taskArn)
                    .forEach(alive::add);
        }
        return alive;
    }
}
