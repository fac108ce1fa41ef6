package dev.slipway.worker;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedCutover;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.plan.RunCost;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.migration.spec.Target;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plans with as little in them as a worker's test needs. */
final class WorkerPlans {
    static final CopyPace PACE = new CopyPace(3, 4, 6_000_000);

    private WorkerPlans() {}

    /** One that is named after its kind, and has that text as its host or bucket on the source. */
    static PlannedStore store(StoreKind kind, String app, String host) {
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
                app,
                PACE,
                BucketSettings.NONE);
    }

    static Plan of(PlannedStore store, String app) {
        return new Plan(
                app,
                "slipway/apps/" + app,
                Target.DEFAULT,
                Strategy.FREEZE,
                "the only one",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(store),
                List.of(),
                new PlannedTraffic(Optional.empty(), Optional.empty(), List.of(100), 300, 0.01, Optional.empty(), 1),
                new PlannedCutover(60, 0, 0),
                false,
                Optional.empty(),
                List.of(),
                new Cost(
                        BigDecimal.ZERO,
                        "2026-11-01",
                        "us-east-1",
                        "a test",
                        List.of(),
                        List.of(),
                        List.of(),
                        new RunCost(BigDecimal.ZERO, 0, List.of(), List.of(), List.of()),
                        List.of(),
                        List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
