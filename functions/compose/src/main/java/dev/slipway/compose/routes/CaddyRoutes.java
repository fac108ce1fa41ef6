package dev.slipway.compose.routes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads where a Caddy leads requests from its Caddyfile.
 *
 * @see <a href="https://caddyserver.com/docs/caddyfile/concepts">the Caddyfile's structure</a>
 */
public final class CaddyRoutes {
    private static final Set<String> LOST = Set.of(
            "basic_auth",
            "basicauth",
            "forward_auth",
            "rate_limit",
            "redir",
            "rewrite",
            "uri",
            "header",
            "respond",
            "abort",
            "error");
    private static final int DEEPEST = 16;

    private final Leads leads;
    private final Map<String, List<Directive>> snippets = new HashMap<>();

    private CaddyRoutes(Leads leads) {
        this.leads = leads;
    }

    /** @param environment of the Caddy, which fills in {@code {$NAME}} */
    public static void read(ConfigText file, Map<String, String> environment, Leads leads) {
        new CaddyRoutes(leads).sites(CaddyText.parse(file, environment));
    }

    private void sites(List<Directive> top) {
        top.stream()
                .filter(directive -> directive.name().startsWith("("))
                .forEach(snippet -> snippets.put(snippet.name().replaceAll("[()]", ""), snippet.block()));
        List<Directive> sites = top.stream()
                .filter(directive ->
                        !directive.name().startsWith("(") && !directive.name().isEmpty())
                .toList();
        boolean onlyOne = !sites.isEmpty() && sites.getFirst().block().isEmpty();
        if (onlyOne) {
            site(sites.getFirst(), sites.subList(1, sites.size()));
        } else {
            sites.forEach(site -> site(site, site.block()));
        }
    }

    private void site(Directive site, List<Directive> block) {
        List<String> hosts = Stream.concat(Stream.of(site.name()), site.words().stream())
                .flatMap(address -> Arrays.stream(address.split(",", -1)))
                .filter(address -> !address.isBlank())
                .map(address -> address.replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", ""))
                .toList();
        walk(block, new Scope(hosts, List.of("/*"), matchers(block), 0));
    }

    /** @param paths that reach this block */
    private record Scope(List<String> hosts, List<String> paths, Map<String, Directive> matchers, int depth) {}

    private static Map<String, Directive> matchers(List<Directive> block) {
        Map<String, Directive> matchers = new HashMap<>();
        block.stream()
                .filter(directive -> directive.name().startsWith("@"))
                .forEach(directive -> matchers.put(directive.name(), directive));
        return matchers;
    }

    private void walk(List<Directive> block, Scope scope) {
        if (scope.depth() > DEEPEST) {
            return;
        }
        boolean leadsAll = false;
        for (Directive directive : block) {
            if (LOST.contains(directive.name())) {
                leads.lose(directive.name(), directive.from());
            }
            Optional<Scope> matched = matched(directive, scope);
            switch (directive.name()) {
                case "reverse_proxy" -> {
                    matched.ifPresent(inner -> proxy(directive, inner));
                    leadsAll |= matched.filter(scope::equals).isPresent();
                }
                case "handle", "route" -> matched.ifPresent(inner -> walk(directive.block(), inner));
                case "handle_path" -> matched.ifPresent(inner -> stripped(directive, inner));
                case "import" ->
                    walk(
                            snippets.getOrDefault(directive.word(0), List.of()),
                            scope(scope, scope.hosts(), scope.paths()));
                case "php_fastcgi" -> {
                    leads.warn(directive.from() + " speaks fastcgi with " + directive.word(0)
                            + ", which a load balancer does not: keep the proxy, in the same task as that service");
                    scope.paths().forEach(path -> leads.addFiles(scope.hosts(), path, directive.from()));
                }
                default -> {}
            }
        }
        Optional<Directive> files = block.stream()
                .filter(directive -> directive.name().equals("file_server"))
                .findFirst();
        if (files.isPresent() && !leadsAll) {
            scope.paths()
                    .forEach(path ->
                            leads.addFiles(scope.hosts(), path, files.get().from()));
        }
    }

    private void stripped(Directive directive, Scope inner) {
        proxies(directive.block())
                .flatMap(proxy -> upstreams(proxy).stream())
                .findFirst()
                .ifPresent(to -> leads.stripped(directive.word(0), to.host(), directive.from()));
        walk(directive.block(), inner);
    }

    private static Stream<Directive> proxies(List<Directive> block) {
        return block.stream().filter(directive -> directive.name().equals("reverse_proxy"));
    }

    private static Scope scope(Scope outer, List<String> hosts, List<String> paths) {
        return new Scope(hosts, paths, outer.matchers(), outer.depth() + 1);
    }

    /** The scope that a directive's matcher leaves; empty where it cannot be said. */
    private Optional<Scope> matched(Directive directive, Scope scope) {
        String matcher = directive.word(0);
        if (matcher.startsWith("/")) {
            return Optional.of(scope(scope, scope.hosts(), List.of(matcher)));
        }
        if (!matcher.startsWith("@")) {
            return Optional.of(scope);
        }
        Directive named = scope.matchers().get(matcher);
        List<Directive> conditions = named == null
                ? List.of()
                : named.block().isEmpty()
                        ? List.of(new Directive(
                                named.word(0),
                                named.words()
                                        .subList(
                                                Math.min(1, named.words().size()),
                                                named.words().size()),
                                List.of(),
                                named.from()))
                        : named.block();
        List<String> hosts = words(conditions, "host");
        List<String> paths = words(conditions, "path");
        boolean known =
                conditions.stream().allMatch(condition -> condition.name().matches("host|path"));
        if (!known || (hosts.isEmpty() && paths.isEmpty())) {
            leads.unread(directive.from(), "leads by the matcher " + matcher);
            return Optional.empty();
        }
        return Optional.of(scope(
                scope,
                hosts.isEmpty() ? scope.hosts() : hosts,
                paths.isEmpty()
                        ? scope.paths()
                        : paths.stream()
                                .map(path -> path.startsWith("/") ? path : "/" + path)
                                .toList()));
    }

    private static List<String> words(List<Directive> conditions, String name) {
        return conditions.stream()
                .filter(condition -> condition.name().equals(name))
                .flatMap(condition -> condition.words().stream())
                .toList();
    }

    private void proxy(Directive directive, Scope scope) {
        List<Upstream> upstreams = upstreams(directive);
        if (upstreams.isEmpty()) {
            leads.unread(directive.from(), "leads to " + String.join(" ", directive.words()));
            return;
        }
        if (upstreams.stream().map(Upstream::host).distinct().count() > 1) {
            leads.warn(directive.from() + " shares requests between several servers; the rules lead to "
                    + upstreams.getFirst().host() + ": let that one run several tasks");
        }
        scope.paths().forEach(path -> leads.add(scope.hosts(), path, upstreams.getFirst(), directive.from()));
    }

    private static List<Upstream> upstreams(Directive proxy) {
        List<String> addresses = new ArrayList<>(proxy.words());
        proxy.block().stream()
                .filter(inner -> inner.name().equals("to"))
                .forEach(inner -> addresses.addAll(inner.words()));
        return addresses.stream()
                .filter(address -> !address.startsWith("@") && !address.startsWith("/") && !address.equals("*"))
                .flatMap(address -> Upstream.parse(address).stream())
                .toList();
    }
}
