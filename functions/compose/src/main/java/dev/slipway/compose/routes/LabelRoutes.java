package dev.slipway.compose.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads from a service's labels and variables what a proxy leads to it: Traefik's, caddy-docker-proxy's, nginx-proxy's. */
public final class LabelRoutes {
    private static final Pattern ROUTER =
            Pattern.compile("(?i)traefik\\.http\\.routers\\.([^.]+)\\.(rule|service|middlewares)");
    private static final Pattern PORT =
            Pattern.compile("(?i)traefik\\.http\\.services\\.([^.]+)\\.loadbalancer\\.server\\.port");
    private static final Pattern MIDDLEWARE =
            Pattern.compile("(?i)traefik\\.http\\.middlewares\\.[^.]+\\.([^.]+)(\\..*)?");
    private static final Pattern CADDY = Pattern.compile("(caddy(?:_\\d+)?)(?:\\.(.+))?");
    private static final Pattern UPSTREAMS = Pattern.compile("\\{\\{\\s*upstreams\\s*(?:https?\\s*)?(\\d+)?\\s*}}");

    private LabelRoutes() {}

    /** @param labels with their values as they stand; {@code service} is what they belong to */
    public static void read(String service, Map<String, String> labels, Leads leads) {
        if (!labels.getOrDefault("traefik.enable", "true").equalsIgnoreCase("false")) {
            traefik(service, labels, leads);
        }
        caddy(service, labels, leads);
    }

    private static void traefik(String service, Map<String, String> labels, Leads leads) {
        Map<String, String> rules = new TreeMap<>();
        Map<String, String> targets = new TreeMap<>();
        Map<String, Integer> ports = new TreeMap<>();
        labels.forEach((label, value) -> {
            Matcher router = ROUTER.matcher(label);
            if (router.matches() && !router.group(2).equalsIgnoreCase("middlewares")) {
                (router.group(2).equalsIgnoreCase("rule") ? rules : targets).put(router.group(1), value);
            }
            Matcher port = PORT.matcher(label);
            if (port.matches()) {
                port(value).ifPresent(number -> ports.put(port.group(1), number));
            }
            Matcher middleware = MIDDLEWARE.matcher(label);
            if (middleware.matches() && !middleware.group(1).matches("(?i)redirectscheme|compress|chain")) {
                leads.lose(middleware.group(1), from(service, label));
            }
        });
        rules.forEach((router, rule) -> {
            String from = from(service, "traefik.http.routers." + router + ".rule");
            Optional<Integer> port = Optional.ofNullable(targets.get(router))
                    .map(ports::get)
                    .or(() -> ports.values().stream().findFirst());
            lead(rule, new Upstream(service, port, ""), from, leads);
        });
        Optional.ofNullable(labels.get("traefik.frontend.rule")).ifPresent(rule -> older(service, rule, labels, leads));
    }

    /** Traefik 1: {@code Host:a.example,b.example;PathPrefix:/api}. */
    private static void older(String service, String rule, Map<String, String> labels, Leads leads) {
        String from = from(service, "traefik.frontend.rule");
        Upstream upstream = new Upstream(service, port(labels.get("traefik.port")), "");
        lead(rule.replaceAll("([A-Za-z]+):([^;]+)", "$1($2)"), upstream, from, leads);
    }

    private static void lead(String rule, Upstream upstream, String from, Leads leads) {
        TraefikRule.parse(rule)
                .ifPresentOrElse(
                        any -> any.forEach(one -> one.pathsOrAll()
                                .forEach(path -> leads.add(
                                        one.hosts().isEmpty() ? List.of("_") : one.hosts(), path, upstream, from))),
                        () -> leads.unread(from, "is " + rule));
    }

    private static Optional<Integer> port(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(digits -> digits.matches("\\d{1,5}"))
                .map(Integer::valueOf);
    }

    private static void caddy(String service, Map<String, String> labels, Leads leads) {
        labels.forEach((label, value) -> {
            Matcher caddy = CADDY.matcher(label);
            if (caddy.matches()
                    && caddy.group(2) != null
                    && caddy.group(2).matches("(\\d+_)?reverse_proxy|(\\d+_)?handle(_path)?\\.(\\d+_)?reverse_proxy")) {
                List<String> hosts =
                        List.of(labels.getOrDefault(caddy.group(1), "_").split("[,\\s]+", -1));
                String from = from(service, label);
                String handled = caddy.group(2).contains(".")
                        ? labels.getOrDefault(label.substring(0, label.lastIndexOf('.')), "/*")
                        : value.startsWith("/") ? value.split("\\s+", 2)[0] : "/*";
                Matcher upstreams = UPSTREAMS.matcher(value);
                Optional<Integer> port = upstreams.find()
                        ? Optional.ofNullable(upstreams.group(1)).map(Integer::valueOf)
                        : Optional.empty();
                if (caddy.group(2).contains("handle_path")) {
                    leads.stripped(handled, service, from);
                }
                leads.add(hosts, handled, new Upstream(service, port, ""), from);
            }
        });
    }

    /** What an nginx-proxy leads to a service, by the service's variables. */
    public static void virtualHost(String service, Map<String, String> environment, Leads leads) {
        Optional.ofNullable(environment.get("VIRTUAL_HOST")).ifPresent(hosts -> {
            Optional<Integer> port = port(environment.get("VIRTUAL_PORT"));
            String path = environment.getOrDefault("VIRTUAL_PATH", "/");
            leads.add(
                    List.of(hosts.split("\\s*,\\s*", -1)),
                    PathRules.prefix(path),
                    new Upstream(service, port, ""),
                    "VIRTUAL_HOST of service " + service);
        });
    }

    private static String from(String service, String label) {
        return "label " + label + " of service " + service;
    }
}
