package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreSpec;
import java.util.List;

/** Chooses what takes the place of each store. */
final class StorePlanner {
    private StorePlanner() {}

    static List<PlannedStore> plan(App app, Spec spec) {
        return app.stores().stream().map(store -> store(store, spec)).toList();
    }

    private static PlannedStore store(AppStore store, Spec spec) {
        if (store.role() == StoreRole.LEAVE) {
            return planned(store, "stays where it is", "", "", 0, "", StoreSpec.DEFAULT);
        }
        Size size = spec.target().size();
        StoreSpec wanted = spec.store(store.name());
        return switch (store.kind()) {
            case POSTGRES ->
                switch (wanted.target()) {
                    case RDS ->
                        planned(
                                store,
                                "Amazon RDS for PostgreSQL",
                                EngineVersions.postgres(store.version()),
                                Sizing.database(size),
                                Sizing.databaseStorageGb(size, wanted.bytes()),
                                database(store),
                                wanted);
                    case AURORA ->
                        planned(
                                store,
                                "Amazon Aurora PostgreSQL",
                                EngineVersions.aurora(store.version()),
                                aurora(Sizing.database(size)),
                                0,
                                database(store),
                                wanted);
                };
            case REDIS -> {
                EngineVersions.Cache cache = EngineVersions.cache(store);
                yield planned(
                        store,
                        "Amazon ElastiCache for " + cache.product(),
                        cache.version(),
                        Sizing.cache(size, wanted.bytes()),
                        0,
                        "0",
                        wanted);
            }
            case OBJECTS -> planned(store, "Amazon S3", "", "", 0, "", wanted);
        };
    }

    /** Aurora begins at the medium one. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html */
    private static String aurora(String instance) {
        return instance.matches("db\\.t\\d\\w*\\.(micro|small)") ? "db.t4g.medium" : instance;
    }

    private static PlannedStore planned(
            AppStore store,
            String target,
            String version,
            String instance,
            int storageGb,
            String database,
            StoreSpec said) {
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
                database,
                said.pace(),
                said.bucket());
    }

    /** The target's database has the source's name, so that no connection has to learn another. */
    private static String database(AppStore store) {
        String url = store.source().map(SourceUrl::text).orElse("");
        String path = url.replaceFirst("^[a-z]+://[^/]*/?", "").replaceFirst("\\?.*$", "");
        return path.isEmpty() || path.contains("$") ? "postgres" : path;
    }
}
