package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.ServiceKind;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who answers at an address of the network that the app leaves. */
final class OldNetwork {
    /** {@code api.shop.svc.cluster.local}, {@code api.shop.svc} and Swarm's {@code tasks.api}. */
    private static final Pattern QUALIFIED =
            Pattern.compile("(?:tasks\\.)?([A-Za-z0-9_-]+)(?:\\.[a-z0-9-]+\\.svc(?:\\.cluster\\.local)?)?\\.?");

    private final Map<String, Destination> byName = new TreeMap<>();
    private final Map<String, Destination> byAddress = new TreeMap<>();
    private final Set<String> theHost = new HashSet<>(Set.of("host.docker.internal", "gateway.docker.internal"));

    OldNetwork(App app, String sourceAddress) {
        theHost.add(sourceAddress.equals("127.0.0.1") ? "host.docker.internal" : sourceAddress);
        if (app.platform() == Platform.SERVER) {
            theHost.addAll(Set.of("localhost", "127.0.0.1"));
        }
        app.services(ServiceKind.APP).forEach(service -> add(service, new Service(service, Optional.empty())));
        app.stores().stream().filter(OldNetwork::isServer).forEach(store -> {
            store.service().flatMap(app::service).ifPresent(service -> add(service, new Store(store)));
            SourceAddress.of(store).ifPresent(address -> addSource(store, address));
        });
        app.services()
                .forEach(service -> HostNames.links(service)
                        .forEach(link -> Optional.ofNullable(byName.get(link.getFirst()))
                                .ifPresent(known -> byName.putIfAbsent(link.getLast(), known))));
    }

    /** What takes the place of whoever answered there. */
    sealed interface Destination {}

    /** A store with a server of its own, which is moved. */
    record Store(AppStore store) implements Destination {}

    /**
     * One of the app's own services.
     *
     * @param port that it listens on, where the address was one of the host's
     */
    record Service(AppService service, Optional<Integer> port) implements Destination {}

    /** Whether the kind has a server of its own that a host name can point at. */
    static boolean isServer(AppStore store) {
        return store.role() != StoreRole.LEAVE
                && (store.kind() == StoreKind.POSTGRES || store.kind() == StoreKind.REDIS);
    }

    Optional<Destination> find(String host, Optional<Integer> port) {
        return port.flatMap(number -> Optional.ofNullable(byAddress.get(host + ":" + number)))
                .or(() -> named(host));
    }

    Optional<Destination> named(String host) {
        Optional<Destination> exact = Optional.ofNullable(byName.get(host));
        Matcher qualified = QUALIFIED.matcher(host);
        return exact.isPresent() || !qualified.matches() ? exact : Optional.ofNullable(byName.get(qualified.group(1)));
    }

    /** Whether somebody listens there on such a port; {@code postgres:16} may as well be an image. */
    boolean listens(Destination destination, String host, int port) {
        return byAddress.containsKey(host + ":" + port)
                || switch (destination) {
                    case Store(AppStore store) ->
                        port == (store.kind() == StoreKind.POSTGRES ? 5432 : 6379) || port > 1023;
                    case Service(AppService service, Optional<Integer> any) ->
                        service.ports().isEmpty()
                                || port > 1023
                                || service.ports().stream().anyMatch(one -> one.container() == port);
                };
    }

    private void add(AppService service, Destination destination) {
        HostNames.of(service).forEach(name -> byName.put(name, destination));
        service.ports().stream()
                .filter(port -> port.published().isPresent())
                .forEach(port -> published(port, destination));
    }

    private void published(Port port, Destination destination) {
        Destination there = destination instanceof Service(AppService service, Optional<Integer> any)
                ? new Service(service, Optional.of(port.container()))
                : destination;
        theHost.forEach(host -> byAddress.put(host + ":" + port.published().orElseThrow(), there));
    }

    /** As slipway.yaml names it, where no container is its server. */
    private void addSource(AppStore store, SourceAddress address) {
        Stream.concat(Stream.of(address.host()), isThisHost(address.host()) ? theHost.stream() : Stream.empty())
                .forEach(host -> byAddress.put(host + ":" + address.port(), new Store(store)));
    }

    private static boolean isThisHost(String host) {
        return host.equals("127.0.0.1") || host.equals("localhost");
    }
}
