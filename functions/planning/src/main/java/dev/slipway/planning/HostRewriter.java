package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites URLs that point at a container of the old network. */
final class HostRewriter {
    /** Scheme, login, host, port, path, query. */
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*(?::[a-z0-9]+)?://)"
            + "([^\\s/@?#\"']*@)?([A-Za-z0-9][A-Za-z0-9_.-]*)(:\\d+)?(/[^\\s?#,\"']*)?(\\?[^\\s#,\"']*)?");

    private final App app;
    private final Map<String, AppStore> stores = new TreeMap<>();
    private final Map<String, AppService> services = new TreeMap<>();

    HostRewriter(App app) {
        this.app = app;
        app.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE)
                .forEach(store -> store.service()
                        .flatMap(app::service)
                        .ifPresent(service -> HostNames.of(service).forEach(host -> stores.put(host, store))));
        app.services(ServiceKind.APP)
                .forEach(service -> HostNames.of(service).forEach(host -> services.put(host, service)));
    }

    SecretTemplate rewrite(SecretTemplate value) {
        return new SecretTemplate(
                URL.matcher(value.text()).replaceAll(url -> Matcher.quoteReplacement(replacement(url))));
    }

    private String replacement(MatchResult url) {
        Optional<AppStore> store = Optional.ofNullable(stores.get(url.group(3)));
        Optional<AppService> service = Optional.ofNullable(services.get(url.group(3)));
        return store.map(found -> store(found, url))
                .or(() -> service.map(found -> url.group(1)
                        + part(url, 2)
                        + CloudMap.hostName(app.name(), found.name())
                        + part(url, 4)
                        + part(url, 5)
                        + part(url, 6)))
                .orElse(url.group());
    }

    private static String store(AppStore store, MatchResult url) {
        String query = part(url, 6);
        return switch (store.kind()) {
            case POSTGRES ->
                url.group(1)
                        + (part(url, 2).isEmpty() ? "" : target(store, "login"))
                        + target(store, "host") + ":" + target(store, "port")
                        + part(url, 5)
                        + (query.isEmpty() ? target(store, "query") : query + target(store, "more"));
            case REDIS ->
                target(store, "scheme") + "://" + target(store, "login") + target(store, "host") + ":"
                        + target(store, "port") + part(url, 5) + query;
            case OBJECTS -> url.group();
        };
    }

    static String target(AppStore store, String part) {
        return SecretTemplate.reference("target:" + store.name() + ":" + part).text();
    }

    private static String part(MatchResult url, int group) {
        return Optional.ofNullable(url.group(group)).orElse("");
    }

    /** Whether the kind has a server of its own that a host name can point at. */
    static boolean isServer(AppStore store) {
        return store.kind() == StoreKind.POSTGRES || store.kind() == StoreKind.REDIS;
    }
}
