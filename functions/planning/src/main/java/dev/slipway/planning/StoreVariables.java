package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rewrites a store's place that is spread over several variables: {@code DB_HOST}, {@code DB_PORT}, {@code DB_PASSWORD}. */
final class StoreVariables {
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("HOST", "host"),
            Map.entry("HOSTNAME", "host"),
            Map.entry("SERVER", "host"),
            Map.entry("PORT", "port"),
            Map.entry("USER", "user"),
            Map.entry("USERNAME", "user"),
            Map.entry("PASSWORD", "password"),
            Map.entry("PASS", "password"),
            Map.entry("PWD", "password"),
            Map.entry("AUTH_TOKEN", "password"));

    private final App app;

    StoreVariables(App app) {
        this.app = app;
    }

    /** The value on the target, where the variable is a part of a store's place. */
    Optional<SecretTemplate> rewrite(AppService service, String name, SecretTemplate value) {
        return byHost(service, name, value).or(() -> byPassword(value));
    }

    private Optional<SecretTemplate> byHost(AppService service, String name, SecretTemplate value) {
        return PARTS.entrySet().stream()
                .filter(part -> name.endsWith(part.getKey()))
                .flatMap(part -> {
                    String prefix =
                            name.substring(0, name.length() - part.getKey().length());
                    boolean itself = part.getValue().equals("host");
                    Optional<AppStore> store = itself ? storeAt(value) : storeAtHostOf(service, prefix);
                    return store.map(found -> reference(found, part.getValue())).stream();
                })
                .findFirst();
    }

    private Optional<AppStore> storeAtHostOf(AppService service, String prefix) {
        return List.of("HOST", "HOSTNAME", "SERVER").stream()
                .map(host -> Optional.ofNullable(service.environment().get(prefix + host)))
                .flatMap(Optional::stream)
                .flatMap(value -> storeAt(value).stream())
                .findFirst();
    }

    private Optional<AppStore> storeAt(SecretTemplate host) {
        return servers().stream()
                .filter(store -> store.service().flatMap(app::service).stream()
                        .anyMatch(service -> HostNames.of(service).contains(host.text())))
                .findFirst();
    }

    /** The very secret that opens the source opens the target under another value. */
    private Optional<SecretTemplate> byPassword(SecretTemplate value) {
        return value.soleReference()
                .flatMap(secret -> servers().stream()
                        .filter(store -> store.source().map(SourceUrl::template).stream()
                                .anyMatch(url -> url.references().contains(secret)))
                        .map(store -> reference(store, "password"))
                        .findFirst());
    }

    private List<AppStore> servers() {
        return app.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE && HostRewriter.isServer(store))
                .toList();
    }

    private static SecretTemplate reference(AppStore store, String part) {
        return SecretTemplate.reference("target:" + store.name() + ":" + part);
    }
}
