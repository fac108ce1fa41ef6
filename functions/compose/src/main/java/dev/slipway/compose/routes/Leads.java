package dev.slipway.compose.routes;

import dev.slipway.migration.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a proxy's configuration comes to, gathered while it is read. */
public final class Leads {
    private static final Set<String> ANY_HOST = Set.of("_", "", "localhost", "127.0.0.1", "0.0.0.0", "default", "*");

    private final String subject;
    private final Set<Lead> found = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> lost = new LinkedHashMap<>();

    /** @param subject that findings name, e.g. {@code service nginx} */
    public Leads(String subject) {
        this.subject = subject;
    }

    /** In the order in which they were read. */
    public List<Lead> found() {
        return List.copyOf(found);
    }

    public List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        if (!lost.isEmpty()) {
            String named = lost.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "));
            all.add(Finding.warning(
                    subject,
                    "the load balancer's rules have no equal for " + named
                            + ": do it in the services, in AWS WAF or in CloudFront"));
        }
        return all;
    }

    void add(List<String> hosts, String path, Upstream to, String from) {
        add(hosts, path, Optional.of(to.host()), to.port(), from);
    }

    /** What the proxy answers with its own files. */
    void addFiles(List<String> hosts, String path, String from) {
        add(hosts, path, Optional.empty(), Optional.empty(), from);
    }

    private void add(List<String> hosts, String path, Optional<String> to, Optional<Integer> port, String from) {
        List<String> named =
                hosts.stream().filter(host -> !ANY_HOST.contains(host)).toList();
        if (named.isEmpty() || named.size() < hosts.size()) {
            found.add(new Lead(Optional.empty(), path, to, port, from));
        }
        named.forEach(host -> found.add(new Lead(Optional.of(host), path, to, port, from)));
    }

    void warn(String message) {
        findings.add(Finding.warning(subject, message));
    }

    void unread(String from, String what) {
        warn(
                from + " " + what
                        + ", which could not be read as a rule of the load balancer: say it in 'traffic.paths' of slipway.yaml");
    }

    /** Something that a proxy does besides leading; only the first place of each is told. */
    void lose(String what, String from) {
        lost.putIfAbsent(what, from);
    }

    void stripped(String prefix, String to, String from) {
        warn(from + " takes '" + prefix + "' off before it asks " + to
                + ", which the load balancer's rules do not: let " + to + " answer below " + prefix);
    }
}
