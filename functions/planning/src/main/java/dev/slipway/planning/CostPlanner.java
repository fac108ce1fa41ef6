package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Prices the target for a month of 730 hours. */
final class CostPlanner {
    private static final BigDecimal HOURS = BigDecimal.valueOf(730);

    private final Prices prices;
    private final Target target;
    private final List<Cost.Line> lines = new ArrayList<>();

    CostPlanner(Prices prices, Target target) {
        this.prices = prices;
        this.target = target;
    }

    Cost plan(List<PlannedStore> stores, List<PlannedService> services) {
        stores.stream().filter(store -> store.role() != StoreRole.LEAVE).forEach(this::store);
        if (!services.isEmpty()) {
            services.forEach(this::service);
            shared(services);
        }
        BigDecimal sum = lines.stream().map(Cost.Line::monthlyUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Cost(sum, prices.asOf(), prices.region(), lines);
    }

    private void store(PlannedStore store) {
        Size size = target.size();
        switch (store.kind()) {
            case POSTGRES -> {
                int copies = Sizing.standby(size) ? 2 : 1;
                line(
                        store.name() + ": " + store.target(),
                        copies + " × " + store.instance(),
                        hourly(store.instance(), copies));
                line(
                        store.name() + ": storage",
                        copies + " × " + store.storageGb() + " GB gp3",
                        times("rds-gp3-gb", copies * store.storageGb()));
            }
            case REDIS -> {
                int nodes = Sizing.cacheNodes(size);
                line(
                        store.name() + ": " + store.target(),
                        nodes + " × " + store.instance(),
                        hourly(store.instance(), nodes));
            }
            case OBJECTS ->
                line(
                        store.name() + ": Amazon S3",
                        Sizing.bucketGb(size) + " GB",
                        times("s3-gb", Sizing.bucketGb(size)));
        }
    }

    private void service(PlannedService service) {
        BigDecimal cpu = prices.of("fargate-vcpu-hour")
                .multiply(BigDecimal.valueOf(service.cpu()))
                .divide(BigDecimal.valueOf(1024));
        BigDecimal memory = prices.of("fargate-gb-hour")
                .multiply(BigDecimal.valueOf(service.memoryMib()))
                .divide(BigDecimal.valueOf(1024));
        BigDecimal tasks = BigDecimal.valueOf(service.count());
        line(
                service.name() + ": Fargate",
                service.count() + " × " + service.cpu() / 1024.0 + " vCPU, " + service.memoryMib() + " MB",
                cpu.add(memory).multiply(tasks).multiply(HOURS));
    }

    private void shared(List<PlannedService> services) {
        if (services.stream().anyMatch(service -> !service.paths().isEmpty())) {
            line(
                    "Application Load Balancer",
                    "1, with 1 capacity unit",
                    hourly("alb", 1).add(hourly("alb-lcu", 1)));
        }
        boolean gateways = target.size() != Size.POC;
        int tasks = services.stream().mapToInt(PlannedService::count).sum();
        line(
                gateways ? "NAT gateways" : "Public addresses of tasks and load balancer",
                gateways ? "2" : Integer.toString(tasks + 2),
                gateways ? hourly("nat", 2) : hourly("public-ipv4", tasks + 2));
        line("Secrets Manager", "3 secrets", times("secret", 3));
        line("CloudWatch Logs", "5 GB", times("logs-gb", 5));
        line("Data transfer out", "the first 100 GB are free", times("transfer-gb", 0));
    }

    private BigDecimal hourly(String name, int count) {
        return times(name, count).multiply(HOURS);
    }

    private BigDecimal times(String name, int count) {
        return prices.of(name).multiply(BigDecimal.valueOf(count));
    }

    private void line(String item, String quantity, BigDecimal monthly) {
        lines.add(new Cost.Line(item, quantity, monthly.setScale(2, RoundingMode.HALF_UP)));
    }
}
