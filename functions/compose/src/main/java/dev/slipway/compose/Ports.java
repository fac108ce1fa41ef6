package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import dev.slipway.migration.app.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code ports} and {@code expose}, short and long, ranges too. */
final class Ports {
    private static final Pattern SHORT = Pattern.compile(
            "(?:(?:\\[[0-9a-fA-F:]*]|[0-9.]+|localhost):)??(?:(\\d+)(?:-(\\d+))?:|:)?(\\d+)(?:-(\\d+))?(?:/(tcp|udp|sctp))?");

    private static final int MAX_PORT = 65_535;

    private Ports() {}

    static List<Port> of(Mapping service) {
        List<Port> ports = new ArrayList<>();
        for (YamlNode entry : Nodes.list(service, "ports")) {
            if (entry instanceof Mapping mapping) {
                ports.add(longForm(mapping));
            } else {
                ports.addAll(shortForm(Nodes.asText("ports", entry), entry.at()));
            }
        }
        Nodes.list(service, "expose").stream()
                .flatMap(entry -> shortForm(Nodes.asText("expose", entry), entry.at()).stream())
                .filter(port -> ports.stream().noneMatch(known -> known.container() == port.container()))
                .forEach(ports::add);
        return ports;
    }

    private static Port longForm(Mapping mapping) {
        String target = Nodes.text(mapping, "target").orElse("");
        Optional<Integer> published =
                Nodes.text(mapping, "published").map(text -> number(text, mapping.at("published")));
        return new Port(
                number(target, mapping.at("target")),
                published,
                Nodes.text(mapping, "protocol").orElse("tcp"));
    }

    private static List<Port> shortForm(String text, Position at) {
        Matcher parts = SHORT.matcher(text);
        if (!parts.matches()) {
            throw at.invalid(
                    "the port '" + text + "' cannot be understood", "write PUBLISHED:CONTAINER, e.g. \"8080:80\"");
        }
        int first = number(parts.group(3), at);
        int last =
                Optional.ofNullable(parts.group(4)).map(end -> number(end, at)).orElse(first);
        Optional<Integer> published = Optional.ofNullable(parts.group(1)).map(start -> number(start, at));
        String protocol = Optional.ofNullable(parts.group(5)).orElse("tcp");
        if (last < first || last - first > 100) {
            throw at.invalid(
                    "the port range '" + text + "' runs backwards or is too long",
                    "write at most 100 ports, lowest first");
        }
        List<Port> ports = new ArrayList<>();
        for (int port = first; port <= last; port++) {
            int offset = port - first;
            ports.add(new Port(port, published.map(start -> start + offset), protocol));
        }
        return ports;
    }

    private static int number(String text, Position at) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw at.invalid("the port '" + text + "' is out of range", "write a number from 1 to " + MAX_PORT);
        }
        return port;
    }

    /** The host's port for a container's port. */
    static Optional<Integer> published(Mapping service, int container) {
        return of(service).stream()
                .filter(port -> port.container() == container)
                .flatMap(port -> port.published().stream())
                .findFirst();
    }
}
