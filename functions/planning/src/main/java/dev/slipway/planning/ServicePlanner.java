package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans how the app's own services run on Fargate. */
final class ServicePlanner {
    private static final String HEALTH_PATH = "/health";

    private ServicePlanner() {}

    static List<PlannedService> plan(App app, Spec spec) {
        if (spec.target().compute() == Compute.NONE) {
            return List.of();
        }
        Map<String, List<String>> paths = paths(app, spec);
        return app.services(ServiceKind.APP).stream()
                .map(service -> service(app, spec, service, paths.getOrDefault(service.name(), List.of())))
                .toList();
    }

    private static PlannedService service(App app, Spec spec, AppService service, List<String> paths) {
        FargateSize size = FargateSize.atLeast(
                service.cpus().orElse(0.25), service.memoryMiB().orElse(512));
        return new PlannedService(
                service.name(),
                service.image().orElse(app.name() + "/" + service.name() + ":latest"),
                port(service),
                paths,
                service.health().flatMap(HealthCheck::path).orElse(HEALTH_PATH),
                service.command(),
                size.cpu(),
                size.memoryMib(),
                Sizing.tasks(spec.target().size(), service.replicas()),
                service.scaling());
    }

    /** The port that the load balancer talks to: the first published one, otherwise the first. */
    static Optional<Integer> port(AppService service) {
        List<Port> tcp = service.ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .toList();
        return tcp.stream()
                .filter(port -> port.published().isPresent())
                .findFirst()
                .or(() -> tcp.stream().findFirst())
                .map(Port::container);
    }

    /** What slipway.yaml says; otherwise the first public service answers everything that no other one does. */
    private static Map<String, List<String>> paths(App app, Spec spec) {
        if (!spec.traffic().paths().isEmpty()) {
            return spec.traffic().paths();
        }
        Map<String, List<String>> paths = new TreeMap<>();
        for (AppService service : publicServices(app)) {
            paths.put(service.name(), List.of(paths.isEmpty() ? "/*" : "/" + service.name() + "/*"));
        }
        return paths;
    }

    private static List<AppService> publicServices(App app) {
        return app.services(ServiceKind.APP).stream()
                .filter(service -> service.ports().stream()
                        .anyMatch(port ->
                                port.published().isPresent() && port.protocol().equals("tcp")))
                .toList();
    }
}
