package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.planning.OldNetwork.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rewrites a store's place that is spread over several variables: {@code DB_HOST}, {@code DB_PORT}, {@code DB_PASSWORD}. */
final class StoreVariables {
    private static final List<String> HOSTS = List.of("HOST", "HOSTNAME", "SERVER", "ADDR", "ADDRESS");
    private static final Map<String, String> PARTS = parts();
    private static final List<String> TLS = List.of("TLS", "SSL", "USE_TLS", "USE_SSL", "TLS_ENABLED", "SSL_ENABLED");
    private static final Map<String, String> ON = Map.of("false", "true", "False", "True", "0", "1", "no", "yes");
    private static final List<String> PASSWORDS = List.of("PASSWORD", "PASS", "AUTH_TOKEN");

    private final App app;
    private final OldNetwork network;

    StoreVariables(App app, OldNetwork network) {
        this.app = app;
        this.network = network;
    }

    /** The value on the target, where the variable is a part of a store's place. */
    Optional<SecretTemplate> rewrite(AppService service, String name, SecretTemplate value) {
        return byHost(service, name, value).or(() -> byPassword(value)).or(() -> encrypted(service, name, value));
    }

    /**
     * What a client of ElastiCache needs beside a host, a port and a password: the name of its user, and the password under the name
     * that the service itself has for it.
     */
    Map<String, SecretTemplate> added(AppService service) {
        Map<String, SecretTemplate> added = new TreeMap<>();
        for (String name : service.environment().keySet()) {
            PASSWORDS.stream().filter(name::endsWith).findFirst().ifPresent(ending -> {
                String prefix = name.substring(0, name.length() - ending.length());
                storeAtHostOf(service, prefix)
                        .filter(store -> store.kind() == StoreKind.REDIS)
                        .ifPresent(store -> {
                            added.put(prefix + "USERNAME", reference(store, "user"));
                            added.put(prefix + "AUTH_TOKEN", reference(store, "password"));
                        });
            });
        }
        boolean knowsUser = added.keySet().stream()
                .filter(name -> name.endsWith("USERNAME"))
                .anyMatch(name -> service.environment().containsKey(name)
                        || service.environment().containsKey(name.replaceFirst("NAME$", "")));
        added.keySet()
                .removeIf(name -> service.environment().containsKey(name) || (knowsUser && name.endsWith("USERNAME")));
        return added;
    }

    /** The value by which a task of the target reaches a store of the source, where the variable is a part of a store's place. */
    Optional<SecretTemplate> onSource(AppService service, String name, SecretTemplate value, PlacesOnSource source) {
        return part(service, name, value)
                .map(part -> switch (part.what()) {
                    case "host" -> new SecretTemplate(source.host(part.store()));
                    case "port" -> new SecretTemplate(source.port(part.store()));
                    default -> value;
                })
                .or(() -> byPassword(value)
                        .or(() -> encrypted(service, name, value))
                        .map(any -> value));
    }

    /** @param what e.g. {@code host} */
    private record Part(AppStore store, String what) {}

    private Optional<SecretTemplate> byHost(AppService service, String name, SecretTemplate value) {
        return part(service, name, value).map(part -> reference(part.store(), part.what()));
    }

    private Optional<Part> part(AppService service, String name, SecretTemplate value) {
        return PARTS.entrySet().stream()
                .filter(part -> name.endsWith(part.getKey()))
                .flatMap(part -> {
                    String prefix =
                            name.substring(0, name.length() - part.getKey().length());
                    boolean itself = part.getValue().equals("host");
                    Optional<AppStore> store =
                            itself ? storeAt(service, prefix, value) : storeAtHostOf(service, prefix);
                    return store.map(found -> new Part(found, part.getValue())).stream();
                })
                .findFirst();
    }

    private Optional<SecretTemplate> encrypted(AppService service, String name, SecretTemplate value) {
        return TLS.stream()
                .filter(name::endsWith)
                .filter(ending -> storeAtHostOf(service, name.substring(0, name.length() - ending.length()))
                        .filter(store -> store.kind() == StoreKind.REDIS)
                        .isPresent())
                .flatMap(ending -> Optional.ofNullable(ON.get(value.text())).stream())
                .findFirst()
                .map(SecretTemplate::new);
    }

    private Optional<AppStore> storeAtHostOf(AppService service, String prefix) {
        return HOSTS.stream()
                .map(host -> Optional.ofNullable(service.environment().get(prefix + host)))
                .flatMap(Optional::stream)
                .flatMap(value -> storeAt(service, prefix, value).stream())
                .findFirst();
    }

    private Optional<AppStore> storeAt(AppService service, String prefix, SecretTemplate host) {
        Optional<Integer> port = Optional.ofNullable(service.environment().get(prefix + "PORT"))
                .map(SecretTemplate::text)
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::valueOf);
        return network.find(host.text(), port).filter(Store.class::isInstance).map(found -> ((Store) found).store());
    }

    /** The very secret that opens the source opens the target under another value. */
    private Optional<SecretTemplate> byPassword(SecretTemplate value) {
        return value.soleReference()
                .flatMap(secret -> servers()
                        .filter(store -> store.source().map(SourceUrl::template).stream()
                                .anyMatch(url -> url.references().contains(secret)))
                        .map(store -> reference(store, "password"))
                        .findFirst());
    }

    private Stream<AppStore> servers() {
        return app.stores().stream().filter(OldNetwork::isServer);
    }

    private static SecretTemplate reference(AppStore store, String part) {
        return SecretTemplate.reference("target:" + store.name() + ":" + part);
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        HOSTS.forEach(host -> parts.put(host, "host"));
        parts.put("PORT", "port");
        List.of("USER", "USERNAME").forEach(user -> parts.put(user, "user"));
        List.of("PASSWORD", "PASS", "PWD", "AUTH_TOKEN").forEach(password -> parts.put(password, "password"));
        return parts;
    }
}
