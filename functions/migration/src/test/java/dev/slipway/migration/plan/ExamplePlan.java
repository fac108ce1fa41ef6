package dev.slipway.migration.plan;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.StoreTarget;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.migration.spec.Target;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan with as little in it as a test needs. */
public final class ExamplePlan {
    public static final Cost NO_COST = new Cost(
            BigDecimal.ZERO,
            "2026-11-01",
            "us-east-1",
            "a test",
            List.of(),
            List.of(),
            List.of(),
            new RunCost(BigDecimal.ZERO, 0, List.of(), List.of(), List.of()),
            List.of(),
            List.of());
    public static final PlannedTraffic TRAFFIC = new PlannedTraffic(
            Optional.empty(), Optional.empty(), List.of(50, 100), 300, 0.01, Optional.empty(), Optional.empty(), 1);

    private final String app;
    private Target target = Target.DEFAULT;
    private List<PlannedMapping> mapping = List.of();
    private List<PlannedResource> resources = List.of();
    private List<PlannedService> services = List.of();
    private List<PlannedJob> jobs = List.of();
    private List<PlannedStore> stores = List.of();
    private List<PlannedVariable> environment = List.of();
    private PlannedTraffic traffic = TRAFFIC;
    private PlannedCutover cutover = new PlannedCutover(60, 0, 0);
    private boolean approval;
    private Optional<String> schemaCommand = Optional.empty();
    private List<String> notified = List.of();
    private Cost cost = NO_COST;
    private List<KeyFate> kept = List.of();
    private List<KeyFate> lost = List.of();
    private List<Finding> warnings = List.of();
    private List<Finding> blockers = List.of();

    private ExamplePlan(String app) {
        this.app = app;
    }

    public static ExamplePlan of(String app) {
        return new ExamplePlan(app);
    }

    /** A service; a public one where it has paths. */
    public static PlannedService service(
            String name,
            String image,
            Optional<Integer> port,
            List<String> paths,
            int tasks,
            Optional<Scaling> scaling) {
        return new PlannedService(
                name,
                image,
                false,
                port,
                paths,
                List.of(),
                "/health",
                Optional.empty(),
                List.of(),
                ContainerOptions.NONE,
                256,
                512,
                tasks,
                scaling,
                false,
                new PlannedAccess(List.of(), List.of(), List.of(), List.of()));
    }

    /** A job; one of the clock where it has a schedule. */
    public static PlannedJob job(String name, String image, Optional<String> schedule) {
        return new PlannedJob(
                name,
                image,
                false,
                List.of(),
                ContainerOptions.NONE,
                256,
                512,
                schedule,
                new PlannedAccess(List.of(), List.of(), List.of(), List.of()));
    }

    /** A store that is moved. */
    public static PlannedStore store(String name, StoreKind kind, String source, String database) {
        return store(name, kind, source, database, StoreTarget.DEFAULT);
    }

    /** A database that the app comes to by two logins, each for so many days. */
    public static PlannedStore rotated(String name, int days) {
        StoreTarget or = StoreTarget.DEFAULT;
        StoreTarget options = new StoreTarget(
                or.service(),
                or.proxy(),
                or.replicas(),
                or.shards(),
                or.backupDays(),
                or.backupRegion(),
                Optional.of(days),
                or.cdn(),
                or.cdnHost());
        return store(name, StoreKind.POSTGRES, "postgres://" + name + "/shop", "shop", options);
    }

    /** A folder that users read under a name. */
    public static PlannedStore shown(String name, String host) {
        StoreTarget or = StoreTarget.DEFAULT;
        StoreTarget options = new StoreTarget(
                or.service(),
                or.proxy(),
                or.replicas(),
                or.shards(),
                or.backupDays(),
                or.backupRegion(),
                or.rotationDays(),
                Optional.of(true),
                Optional.of(host));
        return store(name, StoreKind.OBJECTS, "file:///" + name, "", options);
    }

    private static PlannedStore store(
            String name, StoreKind kind, String source, String database, StoreTarget options) {
        return new PlannedStore(
                name,
                kind,
                "",
                "15",
                StoreRole.RECORD,
                Optional.of(source).filter(url -> !url.isEmpty()).map(SourceUrl::of),
                "its successor",
                "15",
                "",
                20,
                40,
                database,
                0,
                7,
                Map.of(),
                options,
                CopyPace.DEFAULT,
                BucketSettings.NONE);
    }

    public ExamplePlan region(String region) {
        Target other = Target.DEFAULT;
        target = new Target(
                region,
                other.size(),
                other.compute(),
                other.network(),
                other.images(),
                other.servers(),
                other.protection(),
                other.monthlyLimitUsd());
        return this;
    }

    public ExamplePlan mapping(List<PlannedMapping> rows) {
        mapping = rows;
        return this;
    }

    public ExamplePlan resources(List<PlannedResource> made) {
        resources = made;
        return this;
    }

    public ExamplePlan services(List<PlannedService> planned) {
        services = planned;
        return this;
    }

    public ExamplePlan jobs(List<PlannedJob> planned) {
        jobs = planned;
        return this;
    }

    /** Services that run in a cluster of EKS. */
    public ExamplePlan inCluster() {
        target = target.withCompute(Compute.EKS);
        return this;
    }

    public ExamplePlan stores(List<PlannedStore> planned) {
        stores = planned;
        return this;
    }

    public ExamplePlan environment(List<PlannedVariable> variables) {
        environment = variables;
        return this;
    }

    public ExamplePlan traffic(PlannedTraffic planned) {
        traffic = planned;
        return this;
    }

    public ExamplePlan cutover(PlannedCutover planned) {
        cutover = planned;
        return this;
    }

    public ExamplePlan approval(String schema, String who) {
        approval = true;
        schemaCommand = Optional.of(schema);
        notified = List.of(who);
        return this;
    }

    public ExamplePlan cost(Cost reckoned) {
        cost = reckoned;
        return this;
    }

    public ExamplePlan fates(List<KeyFate> keptOnes, List<KeyFate> lostOnes) {
        kept = keptOnes;
        lost = lostOnes;
        return this;
    }

    public ExamplePlan findings(List<Finding> warned, List<Finding> blocked) {
        warnings = warned;
        blockers = blocked;
        return this;
    }

    public Plan plan() {
        return new Plan(
                app,
                "slipway/apps/" + app,
                target,
                Strategy.FREEZE,
                "the only one",
                mapping,
                resources,
                services,
                jobs,
                stores,
                environment,
                traffic,
                cutover,
                approval,
                schemaCommand,
                Delivery.CODEPIPELINE,
                Optional.empty(),
                notified,
                cost,
                kept,
                List.of(),
                lost,
                warnings,
                blockers);
    }
}
