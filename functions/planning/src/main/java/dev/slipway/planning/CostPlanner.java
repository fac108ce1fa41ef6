package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.spec.Spec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Prices what is planned: stores and services by their sizes, everything else by its type and number. */
final class CostPlanner {
    private static final String NAT_GATEWAY = "AWS::EC2::NatGateway";
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
            List<PlannedStore> stores,
            PlannedTraffic traffic,
            List<Cost.OfSize> sizes) {
        PriceBook prices = new PriceBook(source, file, spec.target().region());
        CostLines lines = new CostLines(prices);
        new StoreCosts(spec, resources, lines).add(stores);
        if (!runOnNodes(resources)) {
            services.forEach(
                    service -> lines.tasks(tasksOf(service), service.count(), service.cpu(), service.memoryMib()));
        }
        byType.add(besideStores(spec, resources, stores), spec.target().size(), lines);
        if (!services.isEmpty()) {
            lines.add(
                    "AWS Data Transfer",
                    "data transfer out",
                    "transfer.out-gb",
                    BigDecimal.valueOf(Sizing.transferGb(spec.target().size())));
        }
        return new Cost(
                lines.lines().stream().map(Cost.Line::monthlyUsd).reduce(BigDecimal.ZERO, BigDecimal::add),
                prices.asOf(),
                prices.region(),
                prices.source(),
                sizes,
                lines.lines(),
                savings.of(lines.lines(), services),
                new RunPlanner(prices, figures).plan(spec, stores, services, traffic),
                lines.notPriced(),
                remarks(spec, stores, prices));
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
        return resources.stream().anyMatch(resource -> resource.type().equals("AWS::EKS::Nodegroup"));
    }

    /** What is not priced with a store, and what the blueprints make without the plan's naming it. */
    private static List<PlannedResource> besideStores(
            Spec spec, List<PlannedResource> resources, List<PlannedStore> stores) {
        List<String> names = stores.stream().map(PlannedStore::name).toList();
        List<PlannedResource> beside = new ArrayList<>(resources.stream()
                .filter(resource -> !resource.type().equals("AWS::S3::Bucket") || !names.contains(resource.name()))
                .toList());
        boolean network =
                resources.stream().anyMatch(resource -> resource.type().equals("AWS::EC2::VPC"));
        if (network && resources.stream().noneMatch(resource -> resource.type().equals(NAT_GATEWAY))) {
            beside.addAll(Collections.nCopies(
                    Sizing.natGateways(spec.target().size()), new PlannedResource(NAT_GATEWAY, "", "")));
        }
        beside.addAll(Collections.nCopies(logins(stores), new PlannedResource(SECRET, "", "")));
        return beside;
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

    private static List<String> remarks(Spec spec, List<PlannedStore> stores, PriceBook prices) {
        List<String> remarks = new ArrayList<>(prices.remarks());
        remarks.add(WITHOUT);
        stores.stream()
                .filter(store -> store.kind() == StoreKind.OBJECTS && store.role() != StoreRole.LEAVE)
                .map(store -> StoreSize.of(store, spec))
                .filter(size -> !size.said())
                .forEach(size -> remarks.add(size.store() + " is taken to hold " + size.inWords()));
        return remarks;
    }
}
