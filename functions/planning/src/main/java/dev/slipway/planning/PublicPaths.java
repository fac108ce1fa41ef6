package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which paths lead to which service: as slipway.yaml says, otherwise as the app's proxies and ingresses do, otherwise by its
 * published ports.
 */
final class PublicPaths {
    private final Map<String, List<String>> paths;
    private final List<Route> routes;

    private PublicPaths(Map<String, List<String>> paths, List<Route> routes) {
        this.paths = paths;
        this.routes = routes;
    }

    static PublicPaths of(App app, Spec spec) {
        if (!spec.traffic().paths().isEmpty()) {
            return new PublicPaths(spec.traffic().paths(), List.of());
        }
        List<Route> routes = app.routes().stream()
                .filter(route -> app.service(route.service())
                        .filter(service -> service.kind() == ServiceKind.APP)
                        .isPresent())
                .toList();
        return routes.isEmpty()
                ? new PublicPaths(published(app), List.of())
                : new PublicPaths(byService(routes), routes);
    }

    /** As slipway.yaml says, otherwise by published ports: what reaches a server past its own proxy. */
    static PublicPaths published(App app, Spec spec) {
        return new PublicPaths(
                spec.traffic().paths().isEmpty()
                        ? published(app)
                        : spec.traffic().paths(),
                List.of());
    }

    /** In the order of their precedence; none: not public. */
    List<String> of(AppService service) {
        return paths.getOrDefault(service.name(), List.of());
    }

    /** The names under which the paths are asked for; none: any. */
    List<String> hosts(AppService service) {
        List<Route> own = of(service.name());
        return own.stream().allMatch(route -> route.host().isPresent())
                ? own.stream()
                        .flatMap(route -> route.host().stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    /** The port that routes lead to; empty where none says. */
    Optional<Integer> port(AppService service) {
        return of(service.name()).stream()
                .flatMap(route -> route.port().stream())
                .findFirst();
    }

    /** What is reached today and would not be on the target. */
    static List<Finding> findings(App app, Spec spec) {
        PublicPaths planned = of(app, spec);
        List<Finding> findings = new ArrayList<>();
        if (spec.traffic().paths().isEmpty()) {
            app.routes().stream()
                    .filter(route -> app.service(route.service())
                            .filter(service -> service.kind() == ServiceKind.APP)
                            .isEmpty())
                    .forEach(route -> findings.add(Finding.warning(
                            "service " + route.service(),
                            "the route " + route.path() + " of " + route.from()
                                    + " leads to it, and it does not run on the target: nothing answers there")));
        }
        if (!planned.routes.isEmpty()) {
            publicServices(app).stream()
                    .filter(service -> planned.of(service).isEmpty())
                    .forEach(service -> findings.add(Finding.warning(
                            "service " + service.name(),
                            "its port is published, and no route leads to it: it is private on the target, unless"
                                    + " 'traffic.paths' in slipway.yaml names it")));
        }
        return findings;
    }

    private List<Route> of(String service) {
        return routes.stream().filter(route -> route.service().equals(service)).toList();
    }

    private static Map<String, List<String>> byService(List<Route> routes) {
        Map<String, List<String>> paths = new TreeMap<>();
        routes.forEach(route -> {
            List<String> known = paths.computeIfAbsent(route.service(), any -> new ArrayList<>());
            if (!known.contains(route.path())) {
                known.add(route.path());
            }
        });
        return paths;
    }

    /** The first public service answers everything that no other one does. */
    private static Map<String, List<String>> published(App app) {
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
