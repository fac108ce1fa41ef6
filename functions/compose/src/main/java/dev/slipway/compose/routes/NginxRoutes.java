package dev.slipway.compose.routes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads where an nginx leads requests from its configuration. */
public final class NginxRoutes {
    private static final Set<String> LOST = Set.of(
            "auth_basic",
            "auth_request",
            "limit_req",
            "limit_conn",
            "allow",
            "deny",
            "proxy_cache",
            "rewrite",
            "sub_filter",
            "add_header",
            "proxy_hide_header",
            "ssl_client_certificate",
            "mirror");
    private static final String CHALLENGE = "/.well-known/acme-challenge";

    private final Leads leads;
    private final NginxIncludes includes;
    private final Map<String, List<Directive>> upstreams = new HashMap<>();

    private NginxRoutes(Leads leads, List<ConfigText> files) {
        this.leads = leads;
        this.includes = new NginxIncludes(leads, files);
    }

    /** @param files every file of its configuration that is at hand */
    public static void read(List<ConfigText> files, Leads leads) {
        NginxRoutes routes = new NginxRoutes(leads, files);
        List<Directive> all =
                files.stream().flatMap(file -> Directive.parse(file).stream()).toList();
        routes.gatherUpstreams(all);
        routes.servers(all);
    }

    private void gatherUpstreams(List<Directive> directives) {
        directives.forEach(directive -> {
            if (directive.name().equals("upstream")) {
                upstreams.put(directive.word(0), directive.all("server"));
            } else {
                gatherUpstreams(directive.block());
            }
        });
    }

    private void servers(List<Directive> directives) {
        directives.forEach(directive -> {
            switch (directive.name()) {
                case "server" -> new Server(directive).read();
                case "http" -> servers(directive.block());
                case "stream" -> leads.unread(directive.from(), "leads connections, not requests ('stream')");
                default -> {}
            }
        });
    }

    /** One {@code server} block. */
    private final class Server {
        private final Directive server;
        private final List<Directive> block;
        private final List<String> hosts;
        private final Map<String, String> variables = new HashMap<>();
        private boolean leadsAll;

        Server(Directive server) {
            this.server = server;
            this.block = includes.within(server.block());
            this.hosts = hosts();
        }

        void read() {
            sets(block);
            block.stream().filter(inner -> inner.name().equals("location")).forEach(this::location);
            block.forEach(this::note);
            boolean files = block.stream().anyMatch(inner -> inner.name().equals("root"));
            if (files && !leadsAll) {
                leads.addFiles(hosts, "/*", server.from());
            }
        }

        private List<String> hosts() {
            List<String> names = block.stream()
                    .filter(inner -> inner.name().equals("server_name"))
                    .flatMap(inner -> inner.words().stream())
                    .toList();
            List<String> plain = names.stream()
                    .filter(name -> !name.startsWith("~") && !name.contains("$"))
                    .map(name -> name.startsWith(".") ? "*" + name : name)
                    .filter(name -> !name.matches("[\\d.]+"))
                    .toList();
            if (names.stream().anyMatch(name -> name.startsWith("~"))) {
                leads.unread(server.from(), "has a regular expression as its server_name");
            }
            return plain.isEmpty() ? List.of("_") : plain;
        }

        private void location(Directive location) {
            List<Directive> inside = includes.within(location.block());
            sets(inside);
            inside.forEach(this::note);
            inside.stream().filter(inner -> inner.name().equals("location")).forEach(this::location);
            if (location.word(0).startsWith("@")) {
                return;
            }
            List<String> paths = paths(location);
            String path = location.words().isEmpty() ? "" : location.words().getLast();
            Optional<Directive> pass = pass(inside);
            if (path.startsWith(CHALLENGE)) {
                return;
            }
            if (pass.isPresent()) {
                lead(paths, path, pass.get());
            } else if (has(inside, "root", "alias", "try_files", "index", "autoindex", "expires")) {
                files(paths, location);
            } else if (has(inside, "return")) {
                leads.lose("return", location.from());
                leadsAll |= paths.contains("/*");
            } else if (path.equals("/")) {
                files(paths, location);
            }
        }

        private void files(List<String> paths, Directive location) {
            leadsAll |= paths.contains("/*");
            paths.forEach(each -> leads.addFiles(hosts, each, location.from()));
        }

        private void lead(List<String> paths, String path, Directive pass) {
            if (pass.name().matches("fastcgi_pass|uwsgi_pass|scgi_pass")) {
                leads.warn(pass.from() + " speaks " + pass.name().replace("_pass", "") + " with " + pass.word(0)
                        + ", which a load balancer does not: keep the proxy, in the same task as that service");
                files(paths, pass);
                return;
            }
            Optional<Upstream> upstream = upstream(pass);
            if (upstream.isEmpty()) {
                leads.unread(pass.from(), "leads to " + pass.word(0));
            } else if (paths.isEmpty()) {
                leads.unread(pass.from(), "leads '" + path + "', a regular expression,");
            } else {
                Upstream to = upstream.get();
                boolean kept = to.path().isEmpty() || to.path().equals(path);
                if (!kept) {
                    leads.stripped(path, to.host(), pass.from());
                }
                leadsAll |= paths.contains("/*");
                paths.forEach(each -> leads.add(hosts, each, to, pass.from()));
            }
        }

        private Optional<Directive> pass(List<Directive> inside) {
            Optional<Directive> own = inside.stream()
                    .flatMap(inner -> inner.name().equals("if") ? inner.block().stream() : Stream.of(inner))
                    .filter(inner -> inner.name().matches("(proxy|grpc|fastcgi|uwsgi|scgi)_pass"))
                    .findFirst();
            return own.or(() -> fallback(inside));
        }

        /** {@code try_files $uri @app}: what is no file goes on to a service. */
        private Optional<Directive> fallback(List<Directive> inside) {
            Optional<Directive> tries = inside.stream()
                    .filter(inner -> inner.name().equals("try_files"))
                    .findFirst();
            Optional<Directive> pass = tries.map(inner -> inner.words().getLast())
                    .filter(name -> name.startsWith("@"))
                    .flatMap(name -> block.stream()
                            .filter(inner -> inner.name().equals("location")
                                    && inner.word(0).equals(name))
                            .findFirst())
                    .flatMap(named -> pass(includes.within(named.block())));
            pass.ifPresent(found -> leads.lose(
                    "files that are tried first", tries.map(Directive::from).orElse(found.from())));
            return pass;
        }

        private List<String> paths(Directive location) {
            String last = location.words().isEmpty() ? "/" : location.words().getLast();
            return switch (location.words().size() < 2 ? "" : location.word(0)) {
                case "=" -> List.of(last);
                case "~", "~*" -> PathRules.regex(last);
                default -> List.of(PathRules.prefix(last));
            };
        }

        private void sets(List<Directive> directives) {
            directives.stream()
                    .filter(inner -> inner.name().equals("set"))
                    .forEach(inner -> variables.put(inner.word(0), inner.word(1)));
        }

        private Optional<Upstream> upstream(Directive pass) {
            String address = pass.word(0);
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                address = address.replace(variable.getKey(), variable.getValue());
            }
            // A variable after the address is the request's own path.
            Optional<Upstream> named = Upstream.parse(address.replaceFirst("\\$(request_uri|uri).*$", ""));
            return named.map(upstream -> Optional.ofNullable(upstreams.get(upstream.host()))
                    .flatMap(servers -> first(servers, upstream))
                    .orElse(upstream));
        }

        private Optional<Upstream> first(List<Directive> servers, Upstream upstream) {
            List<Upstream> all = servers.stream()
                    .flatMap(server -> Upstream.parse(server.word(0)).stream())
                    .toList();
            if (all.stream().map(Upstream::host).distinct().count() > 1) {
                leads.warn(servers.getFirst().from() + " shares requests between several servers; the rules lead to "
                        + all.getFirst().host() + ": let that one run several tasks");
            }
            return all.stream().findFirst().map(server -> new Upstream(server.host(), server.port(), upstream.path()));
        }

        private void note(Directive directive) {
            if (LOST.contains(directive.name()) && !directive.word(0).equals("off")) {
                leads.lose(directive.name(), directive.from());
            }
        }
    }

    private static boolean has(List<Directive> directives, String... names) {
        return directives.stream().anyMatch(directive -> Set.of(names).contains(directive.name()));
    }
}
