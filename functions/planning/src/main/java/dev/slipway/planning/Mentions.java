package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whom a service's own variables, command and folders name: whatever gets another address on the target is one that it talks to. */
final class Mentions {
    private static final Pattern STORE = Pattern.compile("target:(.+):[a-z]+");
    /** What leads to it, and does not only open it. */
    private static final Pattern PLACE = Pattern.compile("target:(.+):(?:host|bucket)");

    /** {@code DATABASE_URL_RO}, {@code DB_REPLICA_HOST}. */
    private static final Pattern READS_BY_NAME =
            Pattern.compile("(?:.*_)?(?:RO|READ|READER|READONLY|READ_ONLY|REPLICA|REPLICAS)(?:_.*)?");

    /** As libpq has it, in a URL or in a connection string. */
    private static final Pattern READS_BY_VALUE = Pattern.compile("default_transaction_read_only(?:=|%3D)(?:on|true)"
            + "|target_session_attrs=(?:read-only|standby|prefer-standby)");

    private final Map<String, String> folders;
    private final HostRewriter hosts;
    private final StoreVariables storeVariables;
    private final BucketVariables bucketVariables;
    private final Pattern service;

    Mentions(App app, String sourceAddress) {
        OldNetwork network = new OldNetwork(app, sourceAddress);
        this.folders = folders(app);
        this.hosts = new HostRewriter(network, new PlacesOnTarget(app, false));
        this.storeVariables = new StoreVariables(app, network);
        this.bucketVariables = new BucketVariables(app, sourceAddress);
        this.service = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]*)\\." + Pattern.quote(CloudMap.namespace(app.name()))
                + "(?![A-Za-z0-9_.-])");
    }

    /**
     * Names.
     *
     * @param services that it asks
     * @param stores that it uses
     * @param writes those of the stores that nothing says it only reads
     */
    record Named(Set<String> services, Set<String> stores, Set<String> writes) {}

    Named of(AppService service) {
        Set<String> services = new TreeSet<>();
        Uses uses = new Uses(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        service.environment().forEach((name, value) -> {
            SecretTemplate there = there(service, name, value);
            services(there).forEach(services::add);
            uses.add(there, reads(name, value));
        });
        service.command().stream().map(part -> there(service, "", part)).forEach(there -> {
            services(there).forEach(services::add);
            uses.add(there, false);
        });
        service.volumes()
                .forEach(volume -> Optional.ofNullable(folders.get(volume.source()))
                        .ifPresent(store -> uses.add(store, volume.readOnly())));
        services.remove(service.name());
        return new Named(services, uses.all(), uses.written());
    }

    private SecretTemplate there(AppService service, String name, SecretTemplate value) {
        return storeVariables
                .rewrite(service, name, value)
                .or(() -> bucketVariables.rewrite(service, name, value))
                .orElseGet(() -> hosts.rewrite(service, name, value));
    }

    private Stream<String> services(SecretTemplate there) {
        return service.matcher(there.text()).results().map(found -> found.group(1));
    }

    private static boolean reads(String name, SecretTemplate value) {
        return READS_BY_NAME.matcher(name).matches()
                || READS_BY_VALUE.matcher(value.text()).find();
    }

    /** Those that a service has mounted, by their sources: one that is mounted for reading names no store itself. */
    private static Map<String, String> folders(App app) {
        Map<String, String> folders = new TreeMap<>();
        app.services().stream()
                .flatMap(service -> service.volumes().stream())
                .forEach(volume -> volume.store().ifPresent(store -> folders.put(volume.source(), store)));
        return folders;
    }

    /** A store that is led to for reading, and never otherwise, is not written. */
    private record Uses(Set<String> all, Set<String> forReading, Set<String> otherwise) {
        void add(SecretTemplate value, boolean reads) {
            stores(value, STORE).forEach(all::add);
            stores(value, PLACE).forEach(store -> add(store, reads));
        }

        void add(String store, boolean reads) {
            all.add(store);
            (reads ? forReading : otherwise).add(store);
        }

        Set<String> written() {
            Set<String> written = new TreeSet<>(all);
            written.removeIf(store -> forReading.contains(store) && !otherwise.contains(store));
            return written;
        }

        private static Stream<String> stores(SecretTemplate value, Pattern which) {
            return value.references().stream()
                    .flatMap(reference -> which.matcher(reference).results())
                    .map(found -> found.group(1));
        }
    }
}
