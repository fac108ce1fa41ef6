package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of the old network that speaks S3, such as MinIO, and the names under which it is reached: by containers, by its published
 * port on the host, and as slipway.yaml says.
 *
 * @param hosts by which it is reached on whatever port the address names, and without one
 * @param addresses {@code host:port} of the host
 * @param console the port of its web pages, which are not objects; empty where it has none
 * @param endpoint {@code host:port} at which the workers reach it; empty where nothing says so
 * @param place {@code /bucket} or {@code /bucket/prefix} of what is moved; empty where nothing says so
 */
record ObjectServer(
        AppStore store,
        Set<String> hosts,
        Set<String> addresses,
        Optional<String> console,
        Optional<String> endpoint,
        String place) {
    private static final int PORT = 9_000;
    private static final Pattern SOURCE = Pattern.compile("s3://(?:[^@/?]*@)?([^/?]*)(/[^?]*)?(?:\\?(.*))?");
    private static final Pattern ENDPOINT = Pattern.compile("(?:^|&)endpoint=[a-z]+://([^/&]+)");
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "host.docker.internal");

    static ObjectServer of(App app, AppStore store, String sourceAddress) {
        Optional<AppService> service = store.service().flatMap(app::service);
        Set<String> addresses = new TreeSet<>();
        service.flatMap(ObjectServer::published).ifPresent(port -> {
            THIS_MACHINE.forEach(host -> addresses.add(host + ":" + port));
            addresses.add(sourceAddress + ":" + port);
        });
        Matcher source = SOURCE.matcher(store.source().map(SourceUrl::text).orElse(""));
        boolean known = source.matches();
        Optional<String> endpoint = Optional.ofNullable(known ? source.group(3) : null)
                .map(query -> ENDPOINT.matcher(URLDecoder.decode(query, StandardCharsets.UTF_8)))
                .filter(Matcher::find)
                .map(found -> found.group(1));
        endpoint.ifPresent(addresses::add);
        String prefix = known && source.group(2) != null ? source.group(2).replaceFirst("/$", "") : "";
        return new ObjectServer(
                store,
                Set.copyOf(service.map(HostNames::of).orElse(List.of())),
                addresses,
                service.flatMap(ObjectServer::console),
                endpoint,
                known ? "/" + source.group(1) + prefix : "");
    }

    boolean isAt(String host, String port) {
        return (hosts.contains(host) && console.filter(port::equals).isEmpty())
                || addresses.contains(port.isEmpty() ? host : host + ":" + port);
    }

    /** The bucket's name at the source; empty where nothing says it. */
    String bucket() {
        return place.isEmpty() ? "" : place.split("/", 3)[1];
    }

    private static Optional<Integer> published(AppService service) {
        return service.ports().stream()
                .filter(port -> port.container() == PORT)
                .findFirst()
                .or(() -> service.ports().stream().findFirst())
                .flatMap(Port::published);
    }

    private static Optional<String> console(AppService service) {
        return service.command().stream()
                .map(SecretTemplate::text)
                .reduce((all, word) -> all + " " + word)
                .map(Pattern.compile("--console-address[ =]\"?[^ \":]*:(\\d+)")::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }
}
