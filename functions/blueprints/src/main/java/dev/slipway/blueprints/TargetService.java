package dev.slipway.blueprints;

import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.plan.PlannedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the app's services.
 *
 * @param group its security group
 * @param rules those that lead to it
 */
record TargetService(PlannedService service, Object group, List<PathRule> rules) {
    static TargetService of(TargetSpec spec, PlannedService service) {
        return new TargetService(service, TargetAccess.group(service), TargetBalancer.rulesOf(spec, service));
    }

    /** The one that uses the stores of the source; it may ask whom the lasting one may. */
    static TargetService forerunner(TargetSpec spec, PlannedService service) {
        return new TargetService(
                service.forerunner(), TargetAccess.group(service), TargetBalancer.rulesOf(spec, service));
    }

    void addTo(Template template) {
        Piece piece = Blueprint.named("service")
                .place(
                        prefix(),
                        Map.of(
                                "Cluster",
                                Intrinsic.ref("Cluster"),
                                "TaskDefinition",
                                TargetTask.of(service).definition(),
                                "Subnets",
                                TargetNetwork.subnets("ServicesSubnet"),
                                "SecurityGroup",
                                group));
        service.port().ifPresent(port -> addDiscovery(template, piece));
        if (TargetSpec.isPublic(service)) {
            TargetBalancer.register(service, piece, rules);
        }
        if (service.spot()) {
            spare(piece);
        }
        template.add(piece);
        service.scaling().ifPresent(scaling -> template.add(scaling(scaling)));
    }

    /** The first of several stays; what is alone may be stopped, too: its queue waits until the next one starts. */
    private void spare(Piece piece) {
        List<Object> strategy = new ArrayList<>();
        if (service.steady() > 0) {
            Map<String, Object> steady = Intrinsic.ordered("CapacityProvider", "FARGATE", "Base", service.steady());
            steady.put("Weight", 0);
            strategy.add(steady);
        }
        strategy.add(Intrinsic.ordered("CapacityProvider", "FARGATE_SPOT", "Weight", 1));
        piece.properties("Service").remove("LaunchType");
        piece.with("Service", "CapacityProviderStrategy", strategy).after("Service", List.of("Capacity"));
    }

    private Piece scaling(Scaling scaling) {
        return Blueprint.named("scaling")
                .place(
                        prefix(),
                        Map.of(
                                "Cluster", Intrinsic.ref("Cluster"),
                                "Service", Intrinsic.attribute(prefix() + "Service.Name"),
                                "Most", scaling.most(),
                                "CpuPercent", scaling.cpuPercent()));
    }

    private void addDiscovery(Template template, Piece piece) {
        template.add(Blueprint.named("discovery")
                .place(prefix(), Map.of("Name", service.name(), "Namespace", Intrinsic.ref("Namespace"))));
        Object arn = Intrinsic.attribute(prefix() + "Discovery.Arn");
        piece.with("Service", "ServiceRegistries", List.of(Map.of("RegistryArn", arn)));
    }

    private String prefix() {
        return LogicalName.of(service.name());
    }
}
