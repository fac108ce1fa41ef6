package dev.slipway.compose.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the configurations that are one directive a line: those of Apache and of HAProxy. */
public final class LineRoutes {
    private static final Pattern PROXY_PASS =
            Pattern.compile("(?i)\\s*ProxyPass\\s+\"?(/[^\\s\"]*)\"?\\s+\"?([^\\s\"]+)\"?.*");
    private static final Pattern SERVER_NAME = Pattern.compile("(?i)\\s*ServerName\\s+\"?([^\\s\":]+).*");
    private static final Pattern SECTION = Pattern.compile("(frontend|backend|listen|defaults|global)\\b\\s*(\\S*).*");
    private static final Pattern ACL = Pattern.compile(
            "\\s+acl\\s+(\\S+)\\s+(path_beg|path|hdr\\(host\\)|hdr_dom\\(host\\)|req\\.hdr\\(host\\))\\s+(?:-i\\s+)?(.+)");
    private static final Pattern USE = Pattern.compile("\\s+use_backend\\s+(\\S+)\\s+if\\s+(\\S+)\\s*");
    private static final Pattern USE_ANY = Pattern.compile("\\s+use_backend\\s+.*");
    private static final Pattern DEFAULT = Pattern.compile("\\s+default_backend\\s+(\\S+).*");
    private static final Pattern SERVER = Pattern.compile("\\s+server(?:-template)?\\s+\\S+\\s+(?:\\d+\\s+)?(\\S+).*");

    private LineRoutes() {}

    /** @see <a href="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass">ProxyPass</a> */
    public static void readApache(ConfigText file, Leads leads) {
        List<String> host = List.of("_");
        int number = 0;
        for (String line : file.text().split("\n", -1)) {
            number++;
            String from = file.name() + ":" + number;
            Matcher name = SERVER_NAME.matcher(line);
            host = name.matches() ? List.of(name.group(1)) : line.contains("</VirtualHost") ? List.of("_") : host;
            Matcher pass = PROXY_PASS.matcher(line);
            if (pass.matches() && !pass.group(2).equals("!")) {
                List<String> hosts = host;
                String path = pass.group(1);
                Upstream.parse(pass.group(2))
                        .ifPresentOrElse(
                                to -> apache(hosts, path, to, from, leads),
                                () -> leads.unread(from, "leads to " + pass.group(2)));
            }
        }
    }

    private static void apache(List<String> hosts, String path, Upstream to, String from, Leads leads) {
        if (!to.path().equals(path) && !(to.path().isEmpty() && path.equals("/"))) {
            leads.stripped(path, to.host(), from);
        }
        leads.add(hosts, PathRules.prefix(path), to, from);
    }

    /** @see <a href="https://docs.haproxy.org/3.0/configuration.html">the configuration manual</a> */
    public static void readHaproxy(ConfigText file, Leads leads) {
        Map<String, List<Upstream>> backends = new HashMap<>();
        Map<String, Acl> acls = new HashMap<>();
        List<Use> uses = new ArrayList<>();
        String section = "";
        int number = 0;
        for (String line : file.text().split("\n", -1)) {
            number++;
            String from = file.name() + ":" + number;
            Matcher begins = SECTION.matcher(line);
            Matcher acl = ACL.matcher(line);
            Matcher use = USE.matcher(line);
            Matcher otherwise = DEFAULT.matcher(line);
            Matcher server = SERVER.matcher(line);
            if (begins.matches()) {
                section = begins.group(2);
                if (begins.group(1).equals("listen")) {
                    uses.add(new Use(section, "", from));
                }
            } else if (acl.matches()) {
                acls.put(
                        acl.group(1),
                        new Acl(acl.group(2), List.of(acl.group(3).strip().split("\\s+", -1))));
            } else if (use.matches()) {
                uses.add(new Use(use.group(1), use.group(2), from));
            } else if (USE_ANY.matcher(line).matches()) {
                leads.unread(from, "chooses a backend by more than one condition");
            } else if (otherwise.matches()) {
                uses.add(new Use(otherwise.group(1), "", from));
            } else if (server.matches()) {
                String of = section;
                Upstream.parse(server.group(1))
                        .ifPresent(to -> backends.computeIfAbsent(of, name -> new ArrayList<>())
                                .add(to));
            }
        }
        uses.forEach(each -> haproxy(each, acls, backends, leads));
    }

    private static void haproxy(Use use, Map<String, Acl> acls, Map<String, List<Upstream>> backends, Leads leads) {
        List<Upstream> servers = backends.getOrDefault(use.backend(), List.of());
        Acl acl = acls.get(use.condition());
        if (servers.isEmpty() || (acl == null && !use.condition().isEmpty())) {
            leads.unread(use.from(), "leads to " + use.backend());
        } else if (acl == null) {
            leads.add(List.of("_"), "/*", servers.getFirst(), use.from());
        } else if (acl.of().startsWith("path")) {
            acl.values()
                    .forEach(value -> leads.add(
                            List.of("_"),
                            acl.of().equals("path") ? value : PathRules.prefix(value),
                            servers.getFirst(),
                            use.from()));
        } else {
            leads.add(acl.values(), "/*", servers.getFirst(), use.from());
        }
    }

    private record Acl(String of, List<String> values) {}

    private record Use(String backend, String condition, String from) {}
}
