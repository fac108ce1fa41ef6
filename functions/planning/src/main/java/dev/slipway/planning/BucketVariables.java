package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites what leads an app to an S3 server of the old network: the endpoint that it calls, the host that it signs URLs for, the
 * bucket's name. The login is left out, because the task's role signs on the target.
 */
final class BucketVariables {
    /** Scheme, host, port, path. */
    private static final Pattern URL =
            Pattern.compile("(https?://)([A-Za-z0-9][A-Za-z0-9_.-]*)(?::(\\d+))?((?:/[^\\s?#,\"']*)?)");

    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]*)(?::(\\d+))?");
    private static final Pattern NAMES_A_HOST = Pattern.compile(".*(?:HOST|HOSTNAME|SERVER|ENDPOINT|DOMAIN)");
    private static final Pattern NAMES_A_LOGIN = Pattern.compile(
            "(?:.*_)?(?:MINIO|S3)_(?:.*_)?(?:USER|PASSWORD|SECRET|ACCESS_KEY|SECRET_KEY|KEY_ID)(?:_ID)?");
    /** For every service of AWS, not only for S3: without it the SDK knows where they are. */
    private static final String EVERY_ENDPOINT = "AWS_ENDPOINT_URL";

    private static final List<String> HOST_ENDINGS = List.of("HOST", "HOSTNAME", "SERVER", "ENDPOINT", "DOMAIN");
    private static final List<String> TLS_ENDINGS = List.of("USE_SSL", "SSL", "SECURE", "USE_HTTPS");
    private static final Map<String, String> ON = Map.of("false", "true", "False", "True", "0", "1", "no", "yes");

    private final Map<String, Boolean> clients = new HashMap<>();
    private final App app;
    private final List<ObjectServer> servers;

    BucketVariables(App app, String sourceAddress) {
        this.app = app;
        this.servers = app.stores().stream()
                .filter(store -> store.kind() == StoreKind.OBJECTS && store.role() != StoreRole.LEAVE)
                .map(store -> ObjectServer.of(app, store, sourceAddress))
                .toList();
    }

    /** Whether the service calls such a server, by any of its variables. */
    boolean isClient(AppService service) {
        return clients.computeIfAbsent(
                service.name(),
                name -> service.environment().entrySet().stream()
                        .anyMatch(variable -> server(
                                        variable.getKey(), variable.getValue().text())
                                .isPresent()));
    }

    /** Whether the variable has no meaning on the target. */
    boolean isWithoutMeaning(String name, SecretTemplate value) {
        return name.equals(EVERY_ENDPOINT) && server(name, value.text()).isPresent();
    }

    /** The value on the target, where it is another one. */
    Optional<SecretTemplate> rewrite(AppService service, String name, SecretTemplate value) {
        return Stream.of(
                        url(value.text()),
                        address(name, value.text()),
                        bucket(name, value.text()),
                        beside(service, name, value.text()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(SecretTemplate::new);
    }

    /** The value by which a task of the target reaches the old server, where it is another one. */
    Optional<SecretTemplate> onSource(AppService service, String name, SecretTemplate value) {
        String text = value.text();
        return Stream.of(urlOnSource(text), addressOnSource(name, text), portOnSource(service, name))
                .flatMap(Optional::stream)
                .findFirst()
                .map(SecretTemplate::new);
    }

    private Optional<String> urlOnSource(String value) {
        String changed = URL.matcher(value)
                .replaceAll(url -> Matcher.quoteReplacement(at(url.group(2), url.group(3))
                        .flatMap(ObjectServer::endpoint)
                        .map(endpoint -> url.group(1) + endpoint + url.group(4))
                        .orElse(url.group())));
        return Optional.of(changed).filter(text -> !text.equals(value));
    }

    /** With its port where it has one now: otherwise another variable says it. */
    private Optional<String> addressOnSource(String name, String value) {
        return atAddress(name, value)
                .flatMap(ObjectServer::endpoint)
                .map(endpoint -> value.contains(":") ? endpoint : endpoint.replaceFirst(":\\d+$", ""));
    }

    private Optional<String> portOnSource(AppService service, String name) {
        return name.endsWith("PORT")
                ? serverBeside(service, name, "PORT")
                        .flatMap(ObjectServer::endpoint)
                        .filter(endpoint -> endpoint.contains(":"))
                        .map(endpoint -> endpoint.substring(endpoint.lastIndexOf(':') + 1))
                : Optional.empty();
    }

    /** Logins that the app hands to its client by variables of its own: S3 does not know them. */
    List<Finding> logins() {
        return app.services(ServiceKind.APP).stream()
                .filter(this::isClient)
                .flatMap(service -> service.environment().keySet().stream()
                        .filter(name -> isLogin(name) && !AccessKeys.isOfBucket(name))
                        .map(name -> Finding.warning(
                                "service " + service.name(),
                                name
                                        + " is a login of the old S3 server, which S3 does not know, and is not set: let the app's"
                                        + " client take its task's role, as it does where it is given no login")))
                .toList();
    }

    static boolean isLogin(String name) {
        return NAMES_A_LOGIN.matcher(name).matches();
    }

    private Optional<ObjectServer> server(String name, String value) {
        Optional<ObjectServer> byUrl = URL.matcher(value)
                .results()
                .flatMap(url -> at(url.group(2), url.group(3)).stream())
                .findFirst();
        return byUrl.or(() -> atAddress(name, value));
    }

    private Optional<String> url(String value) {
        String changed = URL.matcher(value).replaceAll(url -> Matcher.quoteReplacement(replacement(url)));
        return Optional.of(changed).filter(text -> !text.equals(value));
    }

    private String replacement(MatchResult url) {
        return at(url.group(2), url.group(3))
                .map(server -> "https://" + host(server) + path(server, url.group(4)))
                .orElse(url.group());
    }

    /** The prefix that is moved is the whole bucket of the target. */
    private static String path(ObjectServer server, String path) {
        String place = server.place();
        boolean moved = !place.isEmpty() && (path.equals(place) || path.startsWith(place + "/"));
        return moved ? "/" + target(server, "bucket") + path.substring(place.length()) : path;
    }

    private Optional<String> address(String name, String value) {
        return atAddress(name, value).map(BucketVariables::host);
    }

    /** A bare word may mean anything: it is a host's name where a port follows, or where the variable's name says so. */
    private Optional<ObjectServer> atAddress(String name, String value) {
        Matcher address = ADDRESS.matcher(value);
        boolean hosts = address.matches()
                && (address.group(2) != null || NAMES_A_HOST.matcher(name).matches());
        return hosts ? at(address.group(1), address.group(2)) : Optional.empty();
    }

    private Optional<String> bucket(String name, String value) {
        return servers.stream()
                .filter(server -> name.contains("BUCKET")
                        && !value.isEmpty()
                        && server.bucket().equals(value))
                .map(server -> target(server, "bucket"))
                .findFirst();
    }

    /** A port or a switch for TLS that belongs to a host of the same prefix. */
    private Optional<String> beside(AppService service, String name, String value) {
        if (name.endsWith("PORT")) {
            return isBesideAHost(service, name, "PORT") ? Optional.of("443") : Optional.empty();
        }
        return TLS_ENDINGS.stream()
                .filter(ending -> name.endsWith(ending) && isBesideAHost(service, name, ending))
                .flatMap(ending -> Optional.ofNullable(ON.get(value)).stream())
                .findFirst();
    }

    private boolean isBesideAHost(AppService service, String name, String ending) {
        return serverBeside(service, name, ending).isPresent();
    }

    private Optional<ObjectServer> serverBeside(AppService service, String name, String ending) {
        String prefix = name.substring(0, name.length() - ending.length());
        return HOST_ENDINGS.stream()
                .map(prefix::concat)
                .flatMap(
                        host -> Optional.ofNullable(service.environment().get(host))
                                .flatMap(value -> atAddress(host, value.text()))
                                .stream())
                .findFirst();
    }

    private Optional<ObjectServer> at(String host, @Nullable String port) {
        String orNone = Optional.ofNullable(port).orElse("");
        return servers.stream().filter(server -> server.isAt(host, orNone)).findFirst();
    }

    private static String host(ObjectServer server) {
        return target(server, "host");
    }

    private static String target(ObjectServer server, String part) {
        return HostRewriter.target(server.store(), part);
    }
}
