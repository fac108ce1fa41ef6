package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedAccess;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Spec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the load balancer leads to on servers that go on: their own proxy, which knows its routes, otherwise each published service.
 * {@code traffic.paths} goes past the proxy. What counts is the port that is published on the server.
 */
final class ServerEntries {
    private static final String ALL = "/*";
    private static final int HTTP = 80;

    private final App app;
    private final Spec spec;

    private ServerEntries(App app, Spec spec) {
        this.app = app;
        this.spec = spec;
    }

    /** None where nothing is published. */
    static List<PlannedService> of(App app, Spec spec) {
        ServerEntries entries = new ServerEntries(app, spec);
        Map<String, List<String>> paths = spec.traffic().paths();
        Optional<AppService> proxy =
                paths.isEmpty() ? published(app, ServiceKind.PROXY).findFirst() : Optional.empty();
        return proxy.map(found -> List.of(entries.entry(found, List.of(ALL), entries.healthBehind(found))))
                .orElseGet(() -> entries.services());
    }

    private List<PlannedService> services() {
        PublicPaths paths = PublicPaths.published(app, spec);
        return published(app, ServiceKind.APP)
                .filter(service -> !paths.of(service).isEmpty())
                .map(service -> entry(service, paths.of(service), ServicePlanner.healthPath(service)))
                .toList();
    }

    /** A proxy itself knows no health; what it leads everything else to does. */
    private String healthBehind(AppService proxy) {
        return app.routes().stream()
                .filter(route -> route.path().equals(ALL))
                .map(Route::service)
                .flatMap(name -> app.service(name).stream())
                .flatMap(service -> service.health().flatMap(HealthCheck::path).stream())
                .findFirst()
                .or(() -> proxy.health().flatMap(HealthCheck::path))
                .orElse("/");
    }

    /** One that asks for nothing of its own: what the server gives it is the server's matter. */
    private PlannedService entry(AppService service, List<String> paths, String healthPath) {
        return new PlannedService(
                service.name(),
                ServicePlanner.image(app, service),
                false,
                port(service),
                paths,
                List.of(),
                healthPath,
                Optional.empty(),
                service.command(),
                service.container(),
                0,
                0,
                spec.target().servers().size(),
                Optional.empty(),
                false,
                new PlannedAccess(List.of(), List.of(), List.of(), List.of()));
    }

    private static Stream<AppService> published(App app, ServiceKind kind) {
        return app.services(kind).stream().filter(service -> port(service).isPresent());
    }

    /** The load balancer speaks HTTP to it, so 80 comes first. */
    private static Optional<Integer> port(AppService service) {
        return service.ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .flatMap((Port port) -> port.published().stream())
                .min(Comparator.comparing(port -> port != HTTP));
    }
}
