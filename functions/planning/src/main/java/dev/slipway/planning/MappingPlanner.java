package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what takes the place of each part of the app, in the order of its files, and of what it runs on. */
final class MappingPlanner {
    private final App app;
    private final Spec spec;
    private final Products products;
    private final StoreMapping storeMapping;
    private final List<PlannedMapping> rows = new ArrayList<>();

    private MappingPlanner(App app, Spec spec, Products products) {
        this.app = app;
        this.spec = spec;
        this.products = products;
        this.storeMapping = new StoreMapping(app, spec, products);
    }

    static List<PlannedMapping> plan(
            App app,
            Spec spec,
            Products products,
            List<PlannedStore> stores,
            List<PlannedService> services,
            List<PlannedJob> jobs,
            List<PlannedVariable> environment) {
        MappingPlanner planner = new MappingPlanner(app, spec, products);
        planner.platform();
        app.services().forEach(service -> planner.part(service, stores, services, jobs));
        stores.stream().filter(store -> !planner.isService(store)).forEach(planner::store);
        planner.rows.addAll(SharedMapping.of(app, spec, stores, services, environment));
        return planner.rows;
    }

    private void platform() {
        String to = switch (spec.target().compute()) {
            case FARGATE -> "Amazon ECS on AWS Fargate";
            case EKS -> "Amazon EKS";
            case SERVERS -> "Amazon EC2 behind an Application Load Balancer";
            case NONE -> "stays where it is";
        };
        String note = switch (spec.target().compute()) {
            case FARGATE -> "container orchestration without servers to keep";
            case EKS -> "container orchestration: a managed cluster whose nodes AWS keeps, too (Auto Mode)";
            case SERVERS -> "the servers of today go on, and further ones beside them";
            case NONE -> "only the stores are moved";
        };
        switch (app.platform()) {
            case COMPOSE -> row("Docker Compose", to, note);
            case KUBERNETES -> row("Kubernetes cluster (kind, or Docker Compose)", to, note);
            case SERVER -> row("one server (Amazon EC2 instance)", to, note);
        }
    }

    private void part(
            AppService service, List<PlannedStore> stores, List<PlannedService> services, List<PlannedJob> jobs) {
        if (spec.target().isOnServers() && service.kind() != ServiceKind.STORE) {
            services.stream()
                    .filter(planned -> planned.name().equals(service.name()))
                    .findFirst()
                    .ifPresentOrElse(this::entry, () -> remains(service));
            return;
        }
        switch (service.kind()) {
            case APP ->
                services.stream()
                        .filter(planned -> planned.name().equals(service.name()))
                        .findFirst()
                        .ifPresentOrElse(this::service, () -> remains(service));
            case JOB ->
                jobs.stream()
                        .filter(planned -> planned.name().equals(service.name()))
                        .findFirst()
                        .ifPresentOrElse(this::job, () -> notPlanned(service));
            case STORE ->
                stores.stream()
                        .filter(store -> isOf(store, service))
                        .findFirst()
                        .ifPresentOrElse(this::store, () -> unmoved(service));
            case PROXY, MONITORING, OPERATIONS, DEVELOPMENT -> product(service);
        }
    }

    private void notPlanned(AppService job) {
        if (products.of(job).isPresent() && spec.target().compute() != Compute.NONE) {
            product(job);
        } else {
            remains(job);
        }
    }

    private void remains(AppService service) {
        row(
                "service " + service.name(),
                "stays where it is",
                spec.target().isOnServers() ? "the servers go on running it" : "only the stores are moved");
    }

    private void entry(PlannedService service) {
        row(
                "service " + service.name(),
                "the servers of today, behind the Application Load Balancer",
                where(service) + " lead to port " + service.port().orElseThrow() + " of " + service.count()
                        + (service.count() == 1 ? " server" : " servers") + ", whose health is "
                        + service.healthPath());
    }

    private void service(PlannedService service) {
        String on = runtime();
        if (service.port().isEmpty()) {
            row("worker " + service.name(), on + ", private", "no inbound traffic, outbound only");
        } else if (service.paths().isEmpty()) {
            row(
                    "service " + service.name(),
                    on + ", private",
                    "not public: others find it as " + address(service) + discovery());
        } else {
            row(
                    "service " + service.name(),
                    on + ", behind the Application Load Balancer",
                    "public by HTTPS, " + where(service) + " lead to port "
                            + service.port().get());
        }
    }

    private String runtime() {
        return spec.target().compute() == Compute.EKS ? "Amazon EKS" : "AWS Fargate";
    }

    private String address(PlannedService service) {
        int port = service.port().orElse(80);
        return spec.target().compute() == Compute.EKS
                ? service.name() + ":" + port
                : CloudMap.hostName(app.name(), service.name()) + ":" + port;
    }

    private String discovery() {
        return spec.target().compute() == Compute.EKS ? " by the cluster's DNS" : " by AWS Cloud Map";
    }

    private static String where(PlannedService service) {
        String hosts = service.hosts().isEmpty() ? "" : " of " + String.join(" ", service.hosts());
        return String.join(" ", service.paths()) + hosts;
    }

    private void job(PlannedJob job) {
        row(
                "job " + job.name(),
                job.schedule()
                        .map(schedule -> "Amazon EventBridge Scheduler, which runs a task")
                        .orElse("a task that is run once (ECS run-task)"),
                job.schedule().orElse("before the services start"));
    }

    private void product(AppService service) {
        Optional<Products.Product> known = products.of(service);
        String label = known.map(Products.Product::label).orElse(service.name());
        String from = label.equals(service.name()) ? label : label + " (" + service.name() + ")";
        row(
                from,
                known.map(product -> product.service().orElse("nothing")).orElse(unknown(service.kind())),
                known.map(Products.Product::note).orElse("is not moved"));
    }

    private static String unknown(ServiceKind kind) {
        return switch (kind) {
            case PROXY -> "Application Load Balancer";
            case MONITORING -> "Amazon CloudWatch";
            case OPERATIONS -> "Amazon ECS";
            case APP, JOB, STORE, DEVELOPMENT -> "nothing";
        };
    }

    private void unmoved(AppService service) {
        String label = products.of(service).map(Products.Product::label).orElse(service.name());
        row(
                label + " (" + service.name() + ")",
                products.of(service).flatMap(Products.Product::service).orElse("stays where it is"),
                products.of(service).map(Products.Product::note).orElse("is not moved by Slipway"));
    }

    private void store(PlannedStore store) {
        rows.add(storeMapping.of(store));
    }

    private boolean isService(PlannedStore store) {
        return app.services(ServiceKind.STORE).stream().anyMatch(service -> isOf(store, service));
    }

    private boolean isOf(PlannedStore store, AppService service) {
        return app.store(store.name())
                .flatMap(found -> found.service())
                .filter(service.name()::equals)
                .isPresent();
    }

    private void row(String from, String to, String note) {
        rows.add(new PlannedMapping(from, to, note));
    }
}
