package dev.slipway.worker;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.worker.images.RegistryLogins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Brings the app's images into the target's repositories. */
record ImageWork(WorkerSettings settings, Attempt attempt) {
    /** The verb that is about no store. */
    static final String VERB = "images";

    private static final Logger LOG = LoggerFactory.getLogger(ImageWork.class);

    /** The app's own secret may hold what {@code docker login} writes. */
    private static final String LOGINS = "REGISTRY_LOGINS";

    private static final int SUPERSEDED = 3;

    /** What the waiting state is told. */
    Map<String, Object> perform(Answer answer) {
        JsonArtifacts artifacts = new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket()));
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        TargetOutputs outputs = artifacts.read(attempt.target(), TargetOutputs.class);
        try (Heartbeat _ = Heartbeat.start(
                answer, settings.heartbeat(), () -> Runtime.getRuntime().halt(SUPERSEDED))) {
            ImageCopies.Done done = new ImageCopies(plan, outputs, logins(plan)).copyAll(line -> LOG.info("{}", line));
            return Map.of(
                    "store",
                    VERB,
                    "outcome",
                    Outcome.DONE,
                    "items",
                    done.copied(),
                    "detail",
                    done.images() + " images, " + done.copied() + " of them copied");
        }
    }

    private RegistryLogins logins(Plan plan) {
        String stored = new FlatSecrets(Clients.of(SecretsManagerClient.builder()))
                .read(plan.secret())
                .getOrDefault(LOGINS, "");
        return RegistryLogins.ofDocker(stored.isEmpty() ? ofDocker(settings.environment()) : stored);
    }

    /** Where a person runs the worker by hand. */
    private static String ofDocker(Map<String, String> environment) {
        Path folder = Path.of(environment.getOrDefault(
                "DOCKER_CONFIG", environment.getOrDefault("HOME", "/nonexistent") + "/.docker"));
        Path file = folder.resolve("config.json");
        try {
            return Files.isReadable(file) ? Files.readString(file) : "{}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
