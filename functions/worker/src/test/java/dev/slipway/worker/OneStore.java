package dev.slipway.worker;

import dev.slipway.account.FlatSecrets;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.StoreTarget;
import java.nio.file.Path;
import java.util.Map;

/** A migration of one store, both sides of which are texts. */
final class OneStore {
    static final Attempt ATTEMPT = new Attempt("shop", 2);
    static final String SOURCE = "old.example.com";
    static final String TARGET = "new.example.com";

    final FakeEngine engine;
    final JsonArtifacts artifacts;
    private final PlannedStore planned;

    /** @param folder for the artifacts */
    OneStore(StoreKind kind, Path folder) {
        this(kind, folder, StoreTarget.DEFAULT);
    }

    /** @param options what the target is made like */
    OneStore(StoreKind kind, Path folder, StoreTarget options) {
        planned = WorkerPlans.store(kind, ATTEMPT.app(), SOURCE, options);
        engine = new FakeEngine(kind);
        engine.stores.put(SOURCE, "rows");
        artifacts = new JsonArtifacts(new FolderArtifacts(folder));
        artifacts.write(ATTEMPT.plan(), WorkerPlans.of(planned, ATTEMPT.app()));
        artifacts.write(ATTEMPT.target(), new TargetOutputs(outputs(kind, LogicalName.of(planned.name()))));
    }

    private static Map<String, String> outputs(StoreKind kind, String name) {
        return switch (kind) {
            case POSTGRES ->
                Map.of(
                        name + "Host", TARGET,
                        name + "Port", "5432",
                        name + "Database", "shop",
                        name + "SecretArn", "arn:master",
                        name + "Login1SecretArn", "arn:first",
                        name + "Login2SecretArn", "arn:second");
            case REDIS ->
                Map.of(
                        name + "Scheme", "redis",
                        name + "Host", TARGET,
                        name + "Port", "6379",
                        name + "AdminSecretArn", "arn:master");
            case OBJECTS -> Map.of(name + "Bucket", TARGET);
        };
    }

    String name() {
        return planned.name();
    }

    void fenceSource() {
        engine.fences.put(SOURCE, ATTEMPT.fence());
    }

    StoreWork work() {
        FlatSecrets secrets = new FlatSecrets(new FakeSecrets(Map.of(
                "arn:master", "{\"username\":\"master\",\"password\":\"s3cret\"}",
                "arn:first", "{\"username\":\"slipway_app_1\",\"password\":\"0ne\"}",
                "arn:second", "{\"username\":\"slipway_app_2\",\"password\":\"tw0\"}")));
        StoreSides sides = StoreSides.of(ATTEMPT, name(), engine, artifacts, secrets);
        return new StoreWork(ATTEMPT, planned, engine, artifacts, sides, Progress.SILENT);
    }
}
