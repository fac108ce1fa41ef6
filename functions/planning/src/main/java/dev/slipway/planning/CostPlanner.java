package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.Collector;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.spec.Servers;
import dev.slipway.migration.spec.Spec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prices what is planned: stores and services by their sizes, everything else by its type and number. */
final class CostPlanner {
    private static final String LOG_GROUP = "AWS::Logs::LogGroup";
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final int HOURS_OF_A_JOB = 30;
    private static final String SECRET = "AWS::SecretsManager::Secret";
    private static final String WITHOUT =
            "Without tax, support, free allowances and discounts; tasks of Fargate on x86, all month, with the least number of their tasks";

    private final PriceSource source;
    private final PriceFile file = new PriceFile();
    private final ResourcePrices byType = new ResourcePrices();
    private final Savings savings = new Savings();
    private final RunFigures figures = new RunFigures();

    CostPlanner(PriceSource source) {
        this.source = source;
    }

    Cost plan(
            Spec spec,
            List<PlannedResource> resources,
            List<PlannedService> services,
            List<PlannedJob> jobs,
            List<PlannedStore> stores,
            PlannedTraffic traffic,
            List<Cost.OfSize> sizes) {
        PriceBook prices = new PriceBook(source, file, spec.target().region());
        CostLines lines = new CostLines(prices);
        new StoreCosts(spec, lines).add(stores);
        addServers(spec, lines);
        if (!runOnNodes(resources) && !spec.target().isOnServers()) {
            services.forEach(service -> addTasks(service, lines));
            jobs.stream()
                    .filter(job -> job.schedule().isPresent())
                    .forEach(job -> lines.taskFor(
                            job.name() + ": Fargate, an hour a day", HOURS_OF_A_JOB, job.cpu(), job.memoryMib()));
        }
        if (resources.stream().anyMatch(CostPlanner::isCollector)) {
            lines.tasks(Collector.NAME + ": Fargate", 1, Collector.CPU, Collector.MEMORY_MIB);
        }
        byType.add(
                besideStores(spec, resources, services, stores), spec.target().size(), lines);
        if (!services.isEmpty()) {
            lines.add(
                    "AWS Data Transfer",
                    "data transfer out",
                    "transfer.out-gb",
                    BigDecimal.valueOf(Sizing.transferGb(spec.target().size())));
        }
        return new Cost(
                sum(lines.lines()),
                prices.asOf(),
                prices.region(),
                prices.source(),
                sizes,
                lines.lines(),
                savings.of(lines.lines(), services),
                new RunPlanner(prices, figures).plan(spec, stores, services, traffic),
                lines.notPriced(),
                remarks(spec, resources, services, stores, prices));
    }

    /** Those that are made; what the servers of today cost they cost today. */
    private static void addServers(Spec spec, CostLines lines) {
        Servers servers = spec.target().servers();
        if (spec.target().isOnServers() && servers.count() > 0) {
            servers.instanceType()
                    .ifPresentOrElse(
                            type -> lines.servers("further servers", type, servers.count()),
                            () -> lines.notPriced(
                                    "further servers", "their launch template says of which type they are"));
            lines.notPriced("disks of further servers", "they are as large as their image or launch template says");
        }
    }

    private static void addTasks(PlannedService service, CostLines lines) {
        int spared = service.spot() ? service.count() - service.steady() : 0;
        if (service.count() > spared) {
            lines.tasks(tasksOf(service), service.count() - spared, service.cpu(), service.memoryMib());
        }
        if (spared > 0) {
            lines.spareTasks(tasksOf(service) + " Spot", spared, service.cpu(), service.memoryMib());
        }
    }

    /** How the tasks of a service are called in the bill. */
    static String tasksOf(PlannedService service) {
        return service.name() + ": Fargate";
    }

    /** What a person should know who reads the sum only. */
    static List<Finding> findings(Cost cost, String region) {
        List<String> elsewhere = cost.lines().stream()
                .filter(line -> !line.region().equals(region))
                .map(Cost.Line::item)
                .toList();
        return elsewhere.isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        "target.region",
                        cost.source() + " of " + cost.pricesAsOf()
                                + (cost.region().equals(region) ? " lacks some prices of " : " has no prices of ")
                                + region
                                + ": "
                                + (elsewhere.size() == cost.lines().size() ? "all lines" : String.join(", ", elsewhere))
                                + " are priced as in " + PriceFile.HOME
                                + "; with an account, 'slipway plan --prices aws' asks AWS"));
    }

    private static boolean runOnNodes(List<PlannedResource> resources) {
        return resources.stream().anyMatch(resource -> resource.type().equals("AWS::EKS::Cluster"));
    }

    /** What is not priced with a store, and what the blueprints make without the plan's naming each. */
    private static List<PlannedResource> besideStores(
            Spec spec, List<PlannedResource> resources, List<PlannedService> services, List<PlannedStore> stores) {
        List<String> names = stores.stream().map(PlannedStore::name).toList();
        List<PlannedResource> beside = new ArrayList<>(resources.stream()
                .filter(resource -> !resource.type().equals("AWS::S3::Bucket") || !names.contains(resource.name()))
                .toList());
        if (count(resources, LOG_GROUP) > 0) {
            atLeast(services.size(), LOG_GROUP, beside);
        }
        if (count(resources, ALARM) > 0) {
            atLeast(new AlarmMetrics(resources, stores, spec.target().size()).count(), ALARM, beside);
        }
        atLeast(count(resources, SECRET) + logins(stores), SECRET, beside);
        return beside;
    }

    private static boolean isCollector(PlannedResource resource) {
        return resource.type().equals("AWS::ECS::Service") && resource.name().equals(Collector.NAME);
    }

    private static int count(List<PlannedResource> resources, String type) {
        return (int) resources.stream()
                .filter(resource -> resource.type().equals(type))
                .count();
    }

    private static void atLeast(int wanted, String type, List<PlannedResource> resources) {
        int missing = Math.max(0, wanted - count(resources, type));
        resources.addAll(Collections.nCopies(missing, new PlannedResource(type, "", "")));
    }

    /** A database has a master's login, a cache the app's and the workers': see the blueprints. */
    private static int logins(List<PlannedStore> stores) {
        return stores.stream()
                .filter(store -> !store.instance().isEmpty())
                .mapToInt(store -> switch (store.kind()) {
                    case POSTGRES -> 1;
                    case REDIS -> 2;
                    case OBJECTS -> 0;
                })
                .sum();
    }

    private List<String> remarks(
            Spec spec,
            List<PlannedResource> resources,
            List<PlannedService> services,
            List<PlannedStore> stores,
            PriceBook prices) {
        List<String> remarks = new ArrayList<>(prices.remarks());
        remarks.add(WITHOUT);
        notYetMade(spec, resources, prices).ifPresent(remarks::add);
        scaled(services, prices).filter(any -> !runOnNodes(resources)).ifPresent(remarks::add);
        stores.stream()
                .filter(store -> store.kind() == StoreKind.OBJECTS && store.role() != StoreRole.LEAVE)
                .map(store -> StoreSize.of(store, spec))
                .filter(size -> !size.said())
                .forEach(size -> remarks.add(size.store() + " is taken to hold " + size.inWords()));
        return remarks;
    }

    private Optional<String> notYetMade(Spec spec, List<PlannedResource> resources, PriceBook prices) {
        CostLines lines = new CostLines(prices);
        byType.add(
                resources.stream()
                        .filter(resource -> !NotYet.isMade(resource.type(), spec))
                        .toList(),
                spec.target().size(),
                lines);
        return lines.lines().isEmpty()
                ? Optional.empty()
                : Optional.of("$" + sum(lines.lines()) + " of it is for what this version plans and does not make yet: "
                        + lines.lines().stream()
                                .map(Cost.Line::service)
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }

    private static Optional<String> scaled(List<PlannedService> services, PriceBook prices) {
        CostLines lines = new CostLines(prices);
        services.forEach(service -> service.scaling()
                .filter(scaling -> scaling.most() > service.count())
                .ifPresent(scaling -> lines.tasks(
                        service.name(), scaling.most() - service.count(), service.cpu(), service.memoryMib())));
        return lines.lines().isEmpty()
                ? Optional.empty()
                : Optional.of("with all services at the most of their tasks all month it is $" + sum(lines.lines())
                        + " more");
    }

    private static BigDecimal sum(List<Cost.Line> lines) {
        return lines.stream().map(Cost.Line::monthlyUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
