package dev.slipway.migration.app;

import dev.slipway.migration.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is moved, as its files describe it. It holds no secret's value, so it may be written anywhere.
 *
 * @param platform what it runs on
 * @param routes what leads requests to its services, in the order of their precedence
 * @param declared the compose file's keys beside its services
 * @param findings what was found while the files were read
 */
public record App(
        String name,
        Platform platform,
        List<AppService> services,
        List<AppStore> stores,
        List<Route> routes,
        Map<String, SecretTemplate> declared,
        List<Finding> findings) {
    public App {
        services = List.copyOf(services);
        stores = List.copyOf(stores);
        routes = List.copyOf(routes);
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
        findings = List.copyOf(findings);
    }

    public Optional<AppStore> store(String name) {
        return stores.stream().filter(store -> store.name().equals(name)).findFirst();
    }

    public Optional<AppService> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    public List<AppService> services(ServiceKind kind) {
        return services.stream().filter(service -> service.kind() == kind).toList();
    }
}
