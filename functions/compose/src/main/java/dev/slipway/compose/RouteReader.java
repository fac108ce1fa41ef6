package dev.slipway.compose;

import dev.slipway.compose.routes.LabelRoutes;
import dev.slipway.compose.routes.Leads;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.ServiceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gathers what leads to which service: from the proxies' files, from labels and from variables. */
final class RouteReader {
    private static final Set<String> BY_VARIABLES = Set.of("nginx-proxy", "https-portal");

    private final List<AppService> services;
    private final List<Route> routes;
    private final List<Finding> findings = new ArrayList<>();

    /** @param read from files */
    RouteReader(List<Part> parts, List<AppService> services, List<Route> read) {
        this.services = services;
        this.routes = new ArrayList<>(read);
        parts.forEach(this::labelled);
        boolean byVariables = parts.stream()
                .flatMap(part -> part.product().stream())
                .anyMatch(product -> BY_VARIABLES.contains(product.name()));
        if (byVariables) {
            services.forEach(this::byVariables);
        }
    }

    /** The most particular first: with a host before any, the longer path before the shorter. */
    List<Route> routes() {
        Map<String, ServiceKind> kinds =
                services.stream().collect(Collectors.toMap(AppService::name, AppService::kind, (one, same) -> one));
        Set<Route> same = new HashSet<>();
        List<Route> kept = routes.stream()
                .filter(route -> same.add(new Route(route.host(), route.path(), route.service(), route.port(), "")))
                .filter(route -> isRun(route, kinds))
                .sorted(Comparator.comparingInt((Route route) -> route.host().isEmpty() ? 1 : 0)
                        .thenComparingInt(route -> -route.path().length()))
                .toList();
        unread(kept, kinds);
        return kept;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The services with the ports that routes lead to. */
    List<AppService> withPorts(List<Route> kept) {
        return services.stream().map(service -> withPorts(service, kept)).toList();
    }

    private static AppService withPorts(AppService service, List<Route> kept) {
        AppService result = service;
        for (Route route : kept) {
            Optional<Integer> port = route.port().filter(number -> number > 0 && number <= 65_535);
            boolean named = route.service().equals(service.name());
            if (named && port.isPresent() && !listens(result, port.get())) {
                result = Services.withPort(result, port.get());
            }
        }
        return result;
    }

    private static boolean listens(AppService service, int port) {
        return service.ports().stream().map(Port::container).anyMatch(known -> known == port);
    }

    private void labelled(Part part) {
        Leads leads = new Leads("service " + part.name());
        LabelRoutes.read(part.name(), Labels.of(part.definition()), leads);
        add(leads);
    }

    private void byVariables(AppService service) {
        Map<String, String> environment = new TreeMap<>();
        service.environment().forEach((name, value) -> value.plain().ifPresent(text -> environment.put(name, text)));
        Leads leads = new Leads("service " + service.name());
        LabelRoutes.virtualHost(service.name(), environment, leads);
        add(leads);
    }

    private void add(Leads leads) {
        leads.found()
                .forEach(lead -> routes.add(
                        new Route(lead.host(), lead.path(), lead.to().orElseThrow(), lead.port(), lead.from())));
        findings.addAll(leads.findings());
    }

    private boolean isRun(Route route, Map<String, ServiceKind> kinds) {
        ServiceKind kind = kinds.getOrDefault(route.service(), ServiceKind.APP);
        if (kind == ServiceKind.STORE) {
            findings.add(
                    Finding.warning(
                            "service " + route.service(),
                            route.from() + " leads " + route.path()
                                    + " to this store, and the load balancer leads to services only: let the app hand its objects out, or put CloudFront before the bucket"));
        }
        return kind == ServiceKind.APP;
    }

    private void unread(List<Route> kept, Map<String, ServiceKind> kinds) {
        boolean app = kinds.containsValue(ServiceKind.APP);
        if (kept.isEmpty() && app) {
            services.stream()
                    .filter(service -> service.kind() == ServiceKind.PROXY)
                    .forEach(
                            proxy -> findings.add(
                                    Finding.warning(
                                            "service " + proxy.name(),
                                            "leads requests, and no file or label at hand says where: write 'traffic.paths' in slipway.yaml")));
        }
    }
}
