package dev.slipway.steps;

import dev.slipway.account.FlatSecrets;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.kubernetes.ChangedManifests;
import dev.slipway.kubernetes.ManifestChange;
import dev.slipway.kubernetes.Rollout;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.AppNotFound;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Images;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs an app's services in the target's Kubernetes cluster, by its own manifests. No call waits. */
final class ClusterServices {
    /** A cluster in Auto Mode makes a node for a pod in about a minute, and goes on trying whatever is wrong. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Rollouts rollouts;
    private final FlatSecrets secrets;
    private final JsonArtifacts artifacts;
    private final InstantSource clock;

    ClusterServices(Rollouts rollouts, FlatSecrets secrets, JsonArtifacts artifacts, InstantSource clock) {
        this.rollouts = rollouts;
        this.secrets = secrets;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /**
     * How far an attempt is: a step that is taken again begins nothing anew.
     *
     * @param started when its services were asked for; empty: its jobs come first
     */
    record Note(Optional<Instant> started) {}

    /** Those of the images that the app's own files build. */
    static List<String> builtImages(Plan plan, TargetOutputs target) {
        return plan.services().stream()
                .filter(service ->
                        service.built() || (plan.target().images() == Images.ECR && plan.builds(service.name())))
                .map(service -> target.value(LogicalName.of(service.name()) + "RepositoryUri") + ":"
                        + TargetNames.tag(service.image()))
                .toList();
    }

    /**
     * Puts the app there, runs its jobs and starts its services, as far as that goes now.
     *
     * @return what is awaited; none when all pods are ready
     * @throws DeployFailed if a job or a pod will not, with the last it said
     */
    List<String> awaited(Attempt attempt, Plan plan, TargetOutputs target) {
        try (Rollout rollout = rollouts.open(target, plan.app())) {
            Optional<Note> note = artifacts.find(attempt.rollout(), Note.class);
            if (note.isEmpty()) {
                rollout.prepare(manifests(attempt, plan), values(target), attempt.number());
                artifacts.write(attempt.rollout(), new Note(Optional.empty()));
            }
            Optional<Instant> started = note.flatMap(Note::started);
            return started.isPresent() ? pods(rollout, started.get()) : jobs(attempt, rollout);
        }
    }

    private ChangedManifests manifests(Attempt attempt, Plan plan) {
        return new ManifestChange(plan)
                .of(artifacts
                        .text(attempt.manifests())
                        .orElseThrow(() -> new AppNotFound(
                                "read the manifests of " + attempt.app(),
                                "the attempt has none",
                                "upload the app again with 'slipway app put DIR' and start a new execution")));
    }

    private Map<String, String> values(TargetOutputs target) {
        Map<String, String> values = new TreeMap<>();
        target.values().forEach((name, value) -> values.put(ChangedManifests.OUTPUT + name, value));
        secrets.read(target.value("AppSecretArn"))
                .forEach((key, value) -> values.put(ChangedManifests.SECRET + key, value));
        return values;
    }

    private List<String> jobs(Attempt attempt, Rollout rollout) {
        Optional<String> job = rollout.runJobs();
        if (job.isPresent()) {
            return List.of(job.get());
        }
        rollout.start();
        artifacts.write(attempt.rollout(), new Note(Optional.of(clock.instant())));
        return rollout.awaited();
    }

    private List<String> pods(Rollout rollout, Instant started) {
        List<String> awaited = rollout.awaited();
        if (!awaited.isEmpty() && clock.instant().isAfter(started.plus(PATIENCE))) {
            throw new DeployFailed(
                    "start the service " + awaited.getFirst(),
                    "its pods are not ready after " + PATIENCE.toMinutes() + " minutes; "
                            + rollout.lastWords(awaited.getFirst()),
                    "mend what that says and start again; all stays on the source");
        }
        return awaited;
    }
}
