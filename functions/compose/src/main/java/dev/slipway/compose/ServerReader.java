package dev.slipway.compose;

import dev.slipway.compose.model.SourceFiles;
import dev.slipway.compose.server.ServerService;
import dev.slipway.compose.variables.DotEnv;
import dev.slipway.compose.variables.Interpolation;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code server} of {@code slipway.yaml}: what runs where on one host. */
final class ServerReader {
    static final String KEY = "server";

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
    private static final String[] KEYS = {
        "product",
        "version",
        "image",
        "command",
        "ports",
        "environment",
        "env_file",
        "cpus",
        "memory",
        "processes",
        "health",
        "schedule",
        "config",
        "folders",
        "routes"
    };

    private final Path folder;
    private final SourceFiles files;
    private final Function<String, Optional<String>> values;

    private ServerReader(Path folder, Function<String, Optional<String>> values) {
        this.folder = folder;
        this.files = new SourceFiles(folder);
        this.values = values;
    }

    static boolean isOne(Mapping spec) {
        return !Nodes.mappingOrEmpty(spec, KEY).entries().isEmpty();
    }

    /** Refuses keys that are unknown, and answers where the host is reached. */
    static Optional<String> check(SpecKeys server) {
        server.allow("address", "services");
        SpecKeys services = server.child("services");
        services.names().forEach(name -> {
            if (!name.matches(NAME)) {
                throw services.at(name)
                        .invalid(
                                "the service's name '" + name + "' cannot be used",
                                "write letters, digits, '.', '_' and '-'");
            }
            SpecKeys service = services.child(name).allow(KEYS);
            service.items("routes").forEach(route -> route.allow("host", "path", "service", "port"));
        });
        return server.text("address");
    }

    /**
     * @param spec the whole of slipway.yaml
     * @param variables what stands in the model for the values that it refers to
     * @throws dev.slipway.migration.exception.InvalidSpec naming file, line and column
     */
    static List<ServerService> read(
            Mapping spec, Path folder, Function<String, Optional<String>> values, Variables variables) {
        Mapping server = (Mapping) interpolated(Nodes.mappingOrEmpty(spec, KEY), variables);
        SpecKeys services = SpecKeys.below(server, KEY + ".").child("services");
        if (services.names().isEmpty()) {
            throw server.at("services")
                    .invalid("the server runs nothing", "list its processes under 'server.services'");
        }
        ServerReader reader = new ServerReader(folder, values);
        List<ServerService> read = new ArrayList<>();
        services.names().forEach(name -> read.add(reader.service(name, services)));
        return read;
    }

    private static YamlNode interpolated(YamlNode node, Variables variables) {
        return switch (node) {
            case Mapping mapping -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, interpolated(value, variables)));
                yield new Mapping(entries, mapping.keys(), mapping.at());
            }
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream()
                                .map(item -> interpolated(item, variables))
                                .toList(),
                        sequence.at());
            case Scalar scalar ->
                scalar.withText(new Interpolation(scalar.at(), variables)
                        .template(scalar.text())
                        .text());
        };
    }

    private ServerService service(String name, SpecKeys services) {
        SpecKeys keys = services.child(name);
        return new ServerService(
                name,
                keys.matching("product", "[a-z0-9][a-z0-9._/-]*", "the name of a product, such as nginx"),
                keys.matching("version", "[\\w][\\w.-]*", "a version, such as \"7.2\""),
                keys.text("image"),
                command(keys),
                keys.ports("ports"),
                environment(keys),
                keys.matching("cpus", "\\d{1,3}(\\.\\d{1,6})?", "processors, such as 0.5")
                        .map(Double::valueOf),
                keys.bytes("memory"),
                keys.number("processes", 1, 1_000).orElse(1),
                keys.matching("health", "/\\S*", "a path that begins with '/'"),
                keys.text("schedule"),
                keys.text("config"),
                folders(keys),
                routes(name, keys, services),
                List.copyOf(keys.names()),
                services.at(name));
    }

    private static List<String> folders(SpecKeys keys) {
        List<String> folders = keys.texts("folders");
        if (!folders.stream().allMatch(path -> path.matches("/.*[^/].*"))) {
            throw keys.at("folders")
                    .invalid("a folder is no absolute path", "write it as the server sees it, e.g. /srv/media");
        }
        return folders;
    }

    private static List<SecretTemplate> command(SpecKeys keys) {
        return keys.words("command").stream().map(SecretTemplate::new).toList();
    }

    private Map<String, SecretTemplate> environment(SpecKeys keys) {
        Map<String, SecretTemplate> environment = new LinkedHashMap<>();
        keys.texts("env_file").forEach(file -> {
            String text = files.read(folder.resolve(file).normalize(), keys.at("env_file"));
            DotEnv.read(file, text, values)
                    .forEach((name, value) -> environment.put(name, SecretTemplate.literal(value)));
        });
        keys.pairs("environment").forEach((name, value) -> environment.put(name, new SecretTemplate(value)));
        return environment;
    }

    private static List<Route> routes(String name, SpecKeys keys, SpecKeys services) {
        return keys.items("routes").stream()
                .map(route -> new Route(
                        route.text("host"),
                        route.matching("path", "/\\S*", "a path that begins with '/'")
                                .orElse("/*"),
                        route.choice("service", services.itself())
                                .orElseThrow(() -> route.at("service")
                                        .invalid("a route leads to no service", "write e.g. service: web")),
                        route.number("port", 1, 65_535),
                        "slipway.yaml, server.services." + name + ".routes"))
                .toList();
    }
}
