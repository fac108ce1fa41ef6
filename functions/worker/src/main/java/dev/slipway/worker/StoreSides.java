package dev.slipway.worker;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.blueprints.TargetEndpoints;
import dev.slipway.migration.AppAccess;
import dev.slipway.migration.AppLogin;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Engine;
import dev.slipway.migration.Following;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Both sides of one store: where they are, and how the target is opened and closed. Each is looked up when it is needed. */
final class StoreSides {
    private final Supplier<StoreUrl> source;
    private final Supplier<StoreUrl> target;
    private final Supplier<AppAccess> access;
    private final Supplier<List<AppLogin>> logins;
    private final boolean closedByEngine;

    private StoreSides(
            Supplier<StoreUrl> source,
            Supplier<StoreUrl> target,
            Supplier<AppAccess> access,
            Supplier<List<AppLogin>> logins,
            boolean closedByEngine) {
        this.source = source;
        this.target = target;
        this.access = access;
        this.logins = logins;
        this.closedByEngine = closedByEngine;
    }

    /** Reads the plan, the target's outputs and the secrets. */
    static StoreSides of(Attempt attempt, String name, Engine engine, JsonArtifacts artifacts, FlatSecrets secrets) {
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        PlannedStore store = store(plan, name);
        SourceUrl source = store.sourceUrl().orElseThrow(() -> unknown(plan, name));
        Supplier<TargetEndpoints> endpoints =
                () -> new TargetEndpoints(artifacts.read(attempt.target(), TargetOutputs.class), secrets::read);
        return new StoreSides(
                () -> source.resolve(appSecrets(plan, secrets)),
                () -> endpoints.get().forWorker(store),
                () -> access(attempt, store, engine, endpoints.get()),
                () -> endpoints.get().logins(store),
                store.kind() == StoreKind.POSTGRES);
    }

    private static Map<String, String> appSecrets(Plan plan, FlatSecrets secrets) {
        boolean needed = plan.stores().stream()
                .flatMap(store -> store.sourceUrl().stream())
                .anyMatch(url -> url.template().hasReferences());
        return needed ? secrets.read(plan.secret()) : Map.of();
    }

    private static PlannedStore store(Plan plan, String name) {
        return plan.store(name).orElseThrow(() -> unknown(plan, name));
    }

    private static InvalidInput unknown(Plan plan, String name) {
        return new InvalidInput(
                "work on the store " + name,
                "the plan of " + plan.app() + " has no such store to copy",
                "name one of it");
    }

    private static AppAccess access(Attempt attempt, PlannedStore store, Engine engine, TargetEndpoints endpoints) {
        return switch (store.kind()) {
            case POSTGRES -> new FencedAccess(engine, endpoints.forWorker(store), attempt.fence());
            case REDIS ->
                new CacheUserAccess(Clients.of(ElastiCacheClient.builder()), endpoints.output(store, "AppUserId"));
            case OBJECTS ->
                new BucketAccess(
                        Clients.of(S3Client.builder()), endpoints.output(store, "Bucket"), endpoints.writers(store));
        };
    }

    StoreUrl source() {
        return source.get();
    }

    StoreUrl target() {
        return target.get();
    }

    AppAccess access() {
        return access.get();
    }

    /** How the target follows the source, and who keeps the app from writing to it meanwhile. */
    Following following(Engine engine) {
        return Streams.of(engine, source()).closing(target(), access());
    }

    /** Those by which the app reaches the target in turn; none where it has the one that the target was made with. */
    List<AppLogin> logins() {
        return logins.get();
    }

    /** Whether the engine, and not the account, closes the target. */
    boolean areClosedByEngine() {
        return closedByEngine;
    }

    /** An earlier attempt may have left the target closed to the engine, too. */
    void prepareForCopy() {
        if (closedByEngine) {
            access().open();
        }
    }
}
