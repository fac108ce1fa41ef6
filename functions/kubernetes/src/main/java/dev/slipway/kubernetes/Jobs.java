package dev.slipway.kubernetes;

import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the app runs once, and what it runs by a clock. All of it is held until somebody asks for it. */
record Jobs(KubernetesClient client, String app, Pods pods) {

    /** Lets the next one run; the one for the schema goes first. Answers the one that is awaited. */
    Optional<String> runNext() {
        return ours().filter(job -> !has(job, "Complete")).findFirst().map(this::run);
    }

    private String run(Job job) {
        String name = job.getMetadata().getName();
        condition(job, "Failed").ifPresent(failed -> {
            throw new DeployFailed(
                    "run the job " + name + " once",
                    "it failed (" + failed.getReason() + "); " + pods.lastWords(name),
                    "the target takes no writes before Cut over, so bring the source to where it has nothing to write, and start again");
        });
        hold(job, false);
        return "the job " + name;
    }

    /** One that was not let run yet stays so; pods of one that runs are stopped. */
    void holdAll() {
        ours().filter(job -> !has(job, "Complete") && !has(job, "Failed")).forEach(job -> hold(job, true));
    }

    private void hold(Job job, boolean held) {
        if (Boolean.TRUE.equals(job.getSpec().getSuspend()) != held) {
            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(app)
                    .resource(job)
                    .edit(now -> new JobBuilder(now)
                            .editSpec()
                            .withSuspend(held)
                            .endSpec()
                            .build());
        }
    }

    private Stream<Job> ours() {
        return client.batch().v1().jobs().inNamespace(app).withLabels(Marks.labels(app)).list().getItems().stream()
                .sorted(Comparator.<Job>comparingInt(
                                job -> job.getMetadata().getAnnotations().containsKey(Marks.FIRST) ? 0 : 1)
                        .thenComparing(job -> job.getMetadata().getName()));
    }

    private static boolean has(Job job, String type) {
        return condition(job, type).isPresent();
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        return Optional.ofNullable(job.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals("True"))
                .findFirst();
    }

    /** Those that run where the app comes from; answers the names of what it changed. */
    List<String> schedule(boolean running) {
        return client.batch().v1().cronjobs().inNamespace(app).withLabels(Marks.labels(app)).list().getItems().stream()
                .filter(job -> job.getMetadata().getAnnotations().containsKey(Marks.SCHEDULED))
                .filter(job -> Boolean.TRUE.equals(job.getSpec().getSuspend()) == running)
                .map(job -> hold(job, !running))
                .toList();
    }

    private String hold(CronJob job, boolean held) {
        client.batch()
                .v1()
                .cronjobs()
                .inNamespace(app)
                .resource(job)
                .edit(now -> new CronJobBuilder(now)
                        .editSpec()
                        .withSuspend(held)
                        .endSpec()
                        .build());
        return job.getMetadata().getName();
    }
}
