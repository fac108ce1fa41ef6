package dev.slipway.compose.server;

import dev.slipway.compose.origin.Origin;
import dev.slipway.compose.origin.ServiceOrigin;
import dev.slipway.compose.origin.Translation;
import dev.slipway.compose.origin.Tree;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the processes of a server as services of a compose model, in its long form. */
public final class ServerModel {
    private static final int INTERVAL_SECONDS = 30;
    private static final int TIMEOUT_SECONDS = 5;
    private static final int RETRIES = 3;
    /** Where the image of a proxy looks for its configuration. */
    private static final Map<String, String> CONFIGS = Map.of(
            "nginx", "/etc/nginx/nginx.conf",
            "caddy", "/etc/caddy/Caddyfile",
            "traefik", "/etc/traefik/traefik.yml",
            "haproxy", "/usr/local/etc/haproxy/haproxy.cfg");

    private final Path folder;
    private final List<ServerService> services;

    private ServerModel(Path folder, List<ServerService> services) {
        this.folder = folder;
        this.services = services;
    }

    /** @param folder of slipway.yaml, from which paths are seen */
    public static Translation of(Path folder, List<ServerService> services) {
        return new ServerModel(folder, services).translation();
    }

    private Translation translation() {
        Tree tree = new Tree(services.getFirst().at());
        Map<String, YamlNode> definitions = new LinkedHashMap<>();
        Map<String, ServiceOrigin> origins = new TreeMap<>();
        services.forEach(service -> {
            definitions.put(service.name(), definition(service));
            origins.put(service.name(), origin(service));
        });
        Map<String, YamlNode> root = new LinkedHashMap<>();
        root.put(
                "name",
                tree.text(Optional.ofNullable(folder.getFileName())
                        .map(Path::toString)
                        .orElse("")));
        root.put("services", tree.mapping(definitions));
        List<Route> routes =
                services.stream().flatMap(service -> service.routes().stream()).toList();
        return new Translation(tree.mapping(root), new Origin(Platform.SERVER, routes, Map.of(), origins), clashes());
    }

    private Mapping definition(ServerService service) {
        Tree tree = new Tree(service.at());
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        image(service)
                .ifPresentOrElse(
                        image -> entries.put("image", tree.text(image)),
                        () -> entries.put("build", tree.mapping(Map.of("context", tree.text(folder.toString())))));
        if (!service.environment().isEmpty()) {
            Map<String, YamlNode> values = new TreeMap<>();
            service.environment().forEach((name, value) -> values.put(name, tree.text(value)));
            entries.put("environment", tree.mapping(values));
        }
        if (!service.command().isEmpty()) {
            entries.put("command", tree.texts(service.command()));
        }
        if (!service.ports().isEmpty()) {
            entries.put(
                    "ports",
                    tree.list(service.ports().stream()
                            .map(port -> port(tree, port))
                            .toList()));
        }
        List<Mapping> mounts = mounts(tree, service);
        if (!mounts.isEmpty()) {
            entries.put("volumes", tree.list(mounts));
        }
        deploy(tree, service).ifPresent(deploy -> entries.put("deploy", deploy));
        return tree.mapping(entries);
    }

    private static Optional<String> image(ServerService service) {
        String version = service.version().map(text -> ":" + text).orElse("");
        return service.image().or(() -> service.product().map(product -> product + version));
    }

    private static Mapping port(Tree tree, int port) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        entries.put("mode", tree.text("ingress"));
        entries.put("target", tree.number(port));
        entries.put("published", tree.text(Integer.toString(port)));
        entries.put("protocol", tree.text("tcp"));
        return tree.mapping(entries);
    }

    /** What a container would have mounted: the folders that are the server's own, and the configuration of a proxy. */
    private List<Mapping> mounts(Tree tree, ServerService service) {
        List<Mapping> mounts = new ArrayList<>();
        service.folders().stream()
                .map(path -> path.replaceFirst("(?<=.)/+$", ""))
                .forEach(path -> mounts.add(mount(tree, path, path, false)));
        String target = service.product().map(CONFIGS::get).orElse(CONFIGS.get("nginx"));
        service.config()
                .ifPresent(file -> mounts.add(
                        mount(tree, folder.resolve(file).normalize().toString(), String.valueOf(target), true)));
        return mounts;
    }

    private static Mapping mount(Tree tree, String source, String target, boolean readOnly) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        entries.put("type", tree.text("bind"));
        entries.put("source", tree.text(source));
        entries.put("target", tree.text(target));
        if (readOnly) {
            entries.put("read_only", tree.flag(true));
        }
        return tree.mapping(entries);
    }

    private static Optional<YamlNode> deploy(Tree tree, ServerService service) {
        Map<String, YamlNode> limits = new LinkedHashMap<>();
        service.cpus()
                .ifPresent(cpus -> limits.put(
                        "cpus",
                        tree.text(BigDecimal.valueOf(cpus).stripTrailingZeros().toPlainString())));
        service.memoryBytes().ifPresent(bytes -> limits.put("memory", tree.text(Long.toString(bytes))));
        Map<String, YamlNode> deploy = new LinkedHashMap<>();
        if (!limits.isEmpty()) {
            deploy.put("resources", tree.mapping(Map.of("limits", tree.mapping(limits))));
        }
        if (service.processes() > 1) {
            deploy.put("replicas", tree.number(service.processes()));
        }
        return deploy.isEmpty() ? Optional.empty() : Optional.of(tree.mapping(deploy));
    }

    private static ServiceOrigin origin(ServerService service) {
        Map<String, SecretTemplate> declared =
                service.keys().stream().collect(Collectors.toMap(key -> key, key -> SecretTemplate.literal("")));
        return new ServiceOrigin(
                service.crontab()
                        .map(crontab -> ServiceKind.JOB)
                        .or(() -> Optional.of(ServiceKind.PROXY)
                                .filter(proxy -> service.config().isPresent()
                                        || !service.routes().isEmpty())),
                service.crontab(),
                Optional.empty(),
                service.health()
                        .map(path -> new HealthCheck(
                                List.of(), Optional.of(path), INTERVAL_SECONDS, TIMEOUT_SECONDS, RETRIES, 0)),
                declared);
    }

    /** One server has each port once. */
    private List<Finding> clashes() {
        Map<Integer, String> owners = new TreeMap<>();
        List<Finding> clashes = new ArrayList<>();
        services.forEach(service -> service.ports().forEach(port -> {
            String other = owners.putIfAbsent(port, service.name());
            if (other != null) {
                clashes.add(Finding.blocker(
                        "server",
                        service.name() + " has the port " + port + ", as " + other
                                + " does: one server has it once, correct server.services"));
            }
        }));
        return clashes;
    }
}
