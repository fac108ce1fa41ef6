package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code ports} and {@code expose} of a service. */
final class Ports {
    private static final Pattern EXPOSED = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(\\w+))?");
    private static final int MOST = 100;

    private Ports() {}

    static List<Port> of(Mapping service) {
        List<Port> ports = new ArrayList<>();
        Nodes.list(service, "ports").forEach(port -> ports.add(port((Mapping) port)));
        Nodes.list(service, "expose").stream()
                .flatMap(entry -> exposed(entry).stream())
                .filter(port -> ports.stream().noneMatch(known -> known.container() == port.container()))
                .forEach(ports::add);
        return ports;
    }

    private static Port port(Mapping port) {
        // At any of a range: the first is as good as another.
        Optional<Integer> published = Nodes.text(port, "published")
                .filter(text -> !text.isEmpty())
                .map(text -> number(text.split("-", 2)[0], port.at("published")));
        return new Port(
                number(Nodes.text(port, "target").orElse(""), port.at("target")),
                published,
                Nodes.text(port, "protocol").orElse("tcp"));
    }

    private static List<Port> exposed(YamlNode entry) {
        Matcher parts = EXPOSED.matcher(Nodes.asText("expose", entry));
        if (!parts.matches()) {
            throw unfit(Nodes.asText("expose", entry), entry.at());
        }
        int first = number(parts.group(1), entry.at());
        int last = Optional.ofNullable(parts.group(2))
                .map(end -> number(end, entry.at()))
                .orElse(first);
        if (last < first || last - first >= MOST) {
            throw entry.at()
                    .invalid("the range of ports runs backwards or is too long", "write at most 100, lowest first");
        }
        List<Port> ports = new ArrayList<>();
        for (int port = first; port <= last; port++) {
            ports.add(new Port(
                    port, Optional.empty(), Optional.ofNullable(parts.group(3)).orElse("tcp")));
        }
        return ports;
    }

    private static int number(String text, Position at) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65_535) {
            throw unfit(text, at);
        }
        return port;
    }

    private static RuntimeException unfit(String text, Position at) {
        return at.invalid("'" + text + "' is no port", "write a number from 0 to 65535");
    }

    /** The host's port for a container's port. */
    static Optional<Integer> published(Mapping service, int container) {
        return of(service).stream()
                .filter(port -> port.container() == container)
                .flatMap(port -> port.published().stream())
                .findFirst();
    }
}
