package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.app.App;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedCutover;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.migration.spec.Traffic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans the migration of an app. What stops it is in the plan's blockers; nothing is thrown. */
public final class Planner {

    private final CostPlanner costs;
    private final KeyFates keyFates;
    private final Products products;

    public Planner() {
        this(new PriceFile());
    }

    /** @param prices what the cost is reckoned with */
    public Planner(PriceSource prices) {
        this.costs = new CostPlanner(prices);
        this.products = Products.load();
        this.keyFates = KeyFates.load(products);
    }

    public Plan plan(App app, Spec asked) {
        Spec spec = asked.withStrategy(StrategyChoice.chosen(app, asked));
        return plan(app, spec, StrategyChoice.reason(app, asked));
    }

    /** @param spec with the strategy that was chosen */
    private Plan plan(App app, Spec spec, String strategyReason) {
        ServiceAccess access = ServiceAccess.of(app, spec);
        List<PlannedStore> stores = StorePlanner.plan(app, spec, access);
        List<PlannedService> services = ServicePlanner.services(app, spec, access);
        List<PlannedJob> jobs = ServicePlanner.jobs(app, spec, access);
        BucketVariables buckets = new BucketVariables(app, spec.sourceAddress());
        // What servers run has the variables that they give it.
        List<PlannedService> configured = spec.target().isOnServers() ? List.of() : services;
        EnvironmentPlanner.Environment planned = EnvironmentPlanner.plan(
                app, spec, buckets, configured, Forerunners.doubled(app, spec, configured), jobs);
        List<PlannedVariable> environment = planned.variables();
        List<PlannedResource> resources =
                ResourcePlanner.plan(app, spec, products, stores, services, jobs, environment);
        PlannedTraffic traffic = traffic(app, spec);
        Cost cost = costs.plan(
                spec, resources, services, jobs, stores, traffic, sizes(app, spec, access, jobs, environment));
        KeyFates.Sorted fates = spec.target().isOnServers() ? KeyFates.Sorted.NONE : keyFates.of(app);
        List<Finding> findings = Stream.of(
                        app.findings(),
                        Checks.of(app, spec),
                        StrategyChecks.of(app, spec),
                        ServerChecks.of(spec, services, stores),
                        Warnings.of(app, spec, products, stores),
                        StoreWishes.of(app, spec.target().compute(), stores),
                        CostPlanner.findings(cost, spec.target().region()),
                        planned.findings(),
                        buckets.logins(),
                        StaleHosts.of(app, spec, environment),
                        PublicPaths.findings(app, spec),
                        access.findings(spec),
                        NotYet.of(resources, spec))
                .flatMap(List::stream)
                .toList();
        return new Plan(
                app.name(),
                "slipway/apps/" + app.name(),
                spec.target(),
                StrategyChoice.chosen(app, spec),
                strategyReason,
                MappingPlanner.plan(app, spec, products, stores, services, jobs, environment),
                resources,
                services,
                jobs,
                stores,
                planned.all(),
                traffic,
                cutover(spec),
                spec.approval(),
                spec.target().isOnServers() ? Optional.empty() : SchemaCommand.of(app, spec),
                spec.delivery(),
                spec.repository(),
                spec.notified(),
                cost,
                fates.kept(),
                fates.changed(),
                fates.lost(),
                only(findings, Severity.WARNING),
                only(findings, Severity.BLOCKER));
    }

    /** What the same costs on targets of each size: neither its jobs nor the names of its variables depend on that. */
    private List<Cost.OfSize> sizes(
            App app, Spec spec, ServiceAccess access, List<PlannedJob> jobs, List<PlannedVariable> environment) {
        return Stream.of(Size.values())
                .map(size -> new Cost.OfSize(size, monthlyUsd(app, spec.withSize(size), access, jobs, environment)))
                .toList();
    }

    private BigDecimal monthlyUsd(
            App app, Spec spec, ServiceAccess access, List<PlannedJob> jobs, List<PlannedVariable> environment) {
        List<PlannedStore> stores = StorePlanner.plan(app, spec, access);
        List<PlannedService> services = ServicePlanner.services(app, spec, access);
        List<PlannedResource> resources =
                ResourcePlanner.plan(app, spec, products, stores, services, jobs, environment);
        return costs.plan(spec, resources, services, jobs, stores, traffic(app, spec), List.of())
                .monthlyUsd();
    }

    /** Where the writes come over first, nothing is won by leaving traffic behind. */
    private static PlannedTraffic traffic(App app, Spec spec) {
        Traffic traffic = spec.traffic();
        return new PlannedTraffic(
                traffic.zone(),
                traffic.record().or(traffic::zone),
                StrategyChoice.chosen(app, spec) == Strategy.SWITCH ? List.of(100) : traffic.weights(),
                traffic.every().toSeconds(),
                traffic.gates().errorShare(),
                traffic.gates().responseTime().map(Duration::toMillis),
                traffic.certificate(),
                traffic.failures());
    }

    private static PlannedCutover cutover(Spec spec) {
        return new PlannedCutover(
                spec.maxPause().toSeconds(),
                spec.soak().toSeconds(),
                spec.hold().toSeconds());
    }

    private static List<Finding> only(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .distinct()
                .toList();
    }
}
