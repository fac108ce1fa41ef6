package dev.slipway.compose;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.Route;
import java.util.List;
import java.util.Map;

/** What the files beside the compose files say; without a folder, what was uploaded of it. */
record FolderFacts(List<Route> routes, Map<String, ServiceFacts> services, List<Finding> findings) {
    FolderFacts {
        routes = List.copyOf(routes);
        services = Map.copyOf(services);
        findings = List.copyOf(findings);
    }

    ServiceFacts of(String service) {
        return services.getOrDefault(service, ServiceFacts.NONE);
    }
}
