package dev.slipway.worker;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.StoreTarget;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Plans with as little in them as a worker's test needs. */
final class WorkerPlans {
    static final CopyPace PACE = new CopyPace(3, 4, 6_000_000);

    private WorkerPlans() {}

    /** One that is named after its kind, and has that text as its host or bucket on the source. */
    static PlannedStore store(StoreKind kind, String app, String host) {
        return store(kind, app, host, StoreTarget.DEFAULT);
    }

    /** One whose target is made as is said. */
    static PlannedStore store(StoreKind kind, String app, String host, StoreTarget options) {
        String source = switch (kind) {
            case POSTGRES -> "postgres://app:pw@" + host + "/" + app;
            case REDIS -> "redis://:pw@" + host + ":6379/0";
            case OBJECTS -> "s3://" + host;
        };
        return new PlannedStore(
                kind.name().toLowerCase(Locale.ROOT),
                kind,
                kind.name().toLowerCase(Locale.ROOT),
                "15",
                StoreRole.RECORD,
                Optional.of(SourceUrl.of(source)),
                "its successor",
                "15",
                "",
                20,
                40,
                app,
                0,
                7,
                Map.of(),
                options,
                PACE,
                BucketSettings.NONE);
    }

    static Plan of(PlannedStore store, String app) {
        return ExamplePlan.of(app).stores(List.of(store)).plan();
    }
}
