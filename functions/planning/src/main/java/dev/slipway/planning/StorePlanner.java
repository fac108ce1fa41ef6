package dev.slipway.planning;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Chooses what takes the place of each store. */
final class StorePlanner {
    private static final String CORS = "CorsConfiguration";

    private final App app;
    private final Spec spec;
    private final ServiceAccess access;

    private StorePlanner(App app, Spec spec, ServiceAccess access) {
        this.app = app;
        this.spec = spec;
        this.access = access;
    }

    static List<PlannedStore> plan(App app, Spec spec, ServiceAccess access) {
        StorePlanner planner = new StorePlanner(app, spec, access);
        return app.stores().stream().map(planner::store).toList();
    }

    private PlannedStore store(AppStore store) {
        if (store.role() == StoreRole.LEAVE) {
            return planned(store, "stays where it is", "", "", 0, "");
        }
        Size size = spec.target().size();
        StoreSpec wanted = spec.store(store.name());
        return switch (store.kind()) {
            case POSTGRES ->
                switch (wanted.target().service()) {
                    case RDS ->
                        planned(
                                store,
                                "Amazon RDS for PostgreSQL",
                                EngineVersions.postgres(store.version()),
                                Sizing.database(size),
                                Sizing.databaseStorageGb(size, wanted.bytes()),
                                database(store));
                    case AURORA ->
                        planned(
                                store,
                                "Amazon Aurora PostgreSQL",
                                EngineVersions.aurora(store.version()),
                                aurora(Sizing.database(size)),
                                0,
                                database(store));
                };
            case REDIS -> {
                EngineVersions.Cache cache = EngineVersions.cache(store);
                yield planned(
                        store,
                        "Amazon ElastiCache for " + cache.product(),
                        cache.version(),
                        Sizing.cache(size, wanted.bytes()),
                        0,
                        "0");
            }
            case OBJECTS -> planned(store, "Amazon S3", "", "", 0, "");
        };
    }

    /** Aurora begins at the medium one. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html */
    private static String aurora(String instance) {
        return instance.matches("db\\.t\\d\\w*\\.(micro|small)") ? "db.t4g.medium" : instance;
    }

    private PlannedStore planned(
            AppStore store, String target, String version, String instance, int storageGb, String database) {
        boolean left = store.role() == StoreRole.LEAVE;
        StoreSpec said = left ? StoreSpec.DEFAULT : spec.store(store.name());
        Size size = spec.target().size();
        return new PlannedStore(
                store.name(),
                store.kind(),
                store.engine(),
                store.version(),
                store.role(),
                store.source(),
                target,
                version,
                instance,
                storageGb,
                Sizing.mostStorageGb(storageGb),
                database,
                left || store.kind() == StoreKind.OBJECTS || !Sizing.standby(size) ? 0 : 1,
                left ? 0 : said.target().backupDays().orElse(Sizing.backupDays(store.kind(), size)),
                left ? Map.of() : CacheParameters.of(app, store),
                said.target(),
                said.pace(),
                bucket(store, said.bucket()));
    }

    /** With the app's own origin for browsers that upload, where nothing else is said. */
    private BucketSettings bucket(AppStore store, BucketSettings said) {
        Optional<String> record = spec.traffic().record().or(spec.traffic()::zone);
        if (store.kind() != StoreKind.OBJECTS
                || said.properties().containsKey(CORS)
                || record.isEmpty()
                || !isWritten(store)) {
            return said;
        }
        Map<String, Object> properties = new TreeMap<>(said.properties());
        properties.put(
                CORS,
                Map.of(
                        "CorsRules",
                        List.of(new TreeMap<>(Map.of(
                                "AllowedOrigins", List.of("https://" + record.get()),
                                "AllowedMethods", List.of("PUT"),
                                "AllowedHeaders", List.of("*"),
                                "ExposedHeaders", List.of("ETag"),
                                "MaxAge", 3600)))));
        return new BucketSettings(properties);
    }

    private boolean isWritten(AppStore store) {
        return app.services(ServiceKind.APP).stream()
                .anyMatch(service -> access.of(service).writes().contains(store.name()));
    }

    /** The target's database has the source's name, so that no connection has to learn another. */
    private static String database(AppStore store) {
        String url = store.source().map(SourceUrl::text).orElse("");
        String path = url.replaceFirst("^[a-z]+://[^/]*/?", "").replaceFirst("\\?.*$", "");
        return path.isEmpty() || path.contains("$") ? "postgres" : path;
    }
}
