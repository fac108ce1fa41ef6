package dev.slipway.compose.routes;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.migration.exception.InvalidSpec;
import java.util.List;
import java.util.Optional;

/**
 * Reads where a Traefik leads requests from a file of its file provider.
 *
 * @see <a href="https://doc.traefik.io/traefik/providers/file/">the file provider</a>
 */
public final class TraefikRoutes {
    private TraefikRoutes() {}

    /** @param file in YAML; one that holds no routers, such as the static configuration, leads nothing anywhere */
    public static void read(ConfigText file, Leads leads) {
        try {
            Mapping http = Nodes.mappingOrEmpty(YamlReader.read(file.name(), file.text()), "http");
            Mapping routers = Nodes.mappingOrEmpty(http, "routers");
            routers.entries().keySet().forEach(name -> router(http, Nodes.mapping(routers, name), leads));
            Nodes.mappingOrEmpty(http, "middlewares").entries().forEach((name, middleware) -> {
                if (middleware instanceof Mapping own) {
                    own.entries().keySet().stream()
                            .filter(kind -> !kind.matches("(?i)redirectscheme|compress|chain"))
                            .forEach(kind -> leads.lose(
                                    kind, own.at().file() + ":" + own.at(kind).line()));
                }
            });
        } catch (InvalidSpec e) {
            leads.unread(file.name(), "cannot be read as YAML");
        }
    }

    private static void router(Mapping http, Mapping router, Leads leads) {
        String rule = Nodes.text(router, "rule").orElse("");
        String from = router.at("rule").file() + ":" + router.at("rule").line();
        String service = Nodes.text(router, "service").orElse("");
        Optional<Upstream> to = upstream(http, service);
        Optional<List<TraefikRule>> rules = TraefikRule.parse(rule);
        boolean own = service.endsWith("@internal") || service.startsWith("noop");
        if (!own && (to.isEmpty() || rules.isEmpty())) {
            leads.unread(from, "leads " + rule + " to " + service);
        } else if (!own) {
            rules.get()
                    .forEach(one -> one.pathsOrAll()
                            .forEach(path -> leads.add(
                                    one.hosts().isEmpty() ? List.of("_") : one.hosts(), path, to.get(), from)));
        }
    }

    private static Optional<Upstream> upstream(Mapping http, String service) {
        Mapping named =
                Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(http, "services"), service.replaceFirst("@file$", ""));
        return Nodes.list(Nodes.mappingOrEmpty(named, "loadBalancer"), "servers").stream()
                .filter(Mapping.class::isInstance)
                .flatMap(server -> Nodes.text((Mapping) server, "url").stream())
                .flatMap(url -> Upstream.parse(url).stream())
                .findFirst();
    }
}
