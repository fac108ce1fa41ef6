package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ports in their short form: {@code [[IP:]HOST:]CONTAINER[/PROTOCOL]}, either of which may be a range.
 *
 * @see <a href="https://docs.docker.com/reference/compose-file/services/#short-syntax-4">Ports, short syntax</a>
 */
record PortSpec(String address, String published, int target, String protocol) {
    private static final int MAX_PORT = 65_535;
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("(?i)(?=.*:.*:)[0-9a-f:.]+");

    /** From a port to a port. */
    private record Range(int first, int last) {
        private int more() {
            return last - first;
        }
    }

    static List<PortSpec> parse(String text, Position at) {
        int last = text.lastIndexOf(':');
        int before = last < 0 ? -1 : text.lastIndexOf(':', last - 1);
        String container = text.substring(last + 1);
        String host = last < 0 ? "" : text.substring(before + 1, last);
        String address = before < 0 ? "" : address(text.substring(0, before), text, at);
        String[] protocol = container.split("/", -1);
        String name = protocol.length > 1 && !protocol[1].isEmpty() ? protocol[1].toLowerCase(Locale.ROOT) : "tcp";
        Range targets = range(protocol[0], text, at);
        Optional<Range> hosts = host.isEmpty() ? Optional.empty() : Optional.of(range(host, text, at));
        if (!PROTOCOLS.contains(name)) {
            throw at.invalid("the port '" + text + "' has an unknown protocol", "use one of tcp, udp, sctp");
        }
        if (hosts.isPresent() && hosts.get().more() != targets.more() && targets.more() != 0) {
            throw at.invalid(
                    "the ranges of the port '" + text + "' differ in length", "make them as long as each other");
        }
        List<PortSpec> ports = new ArrayList<>();
        for (int i = 0; i <= targets.more(); i++) {
            int offset = i;
            String published =
                    hosts.map(range -> published(range, targets, offset)).orElse("");
            ports.add(new PortSpec(address, published, targets.first + i, name));
        }
        ports.sort(Comparator.comparing(port -> port.target + "/" + port.protocol));
        return ports;
    }

    /** One port may be published at any of a range. */
    private static String published(Range hosts, Range targets, int offset) {
        return targets.more() == 0 && hosts.more() != 0
                ? hosts.first + "-" + hosts.last
                : Integer.toString(hosts.first + offset);
    }

    private static Range range(String text, String whole, Position at) {
        String[] ends = text.split("-", -1);
        if (text.isEmpty() || ends.length > 2) {
            throw unfit(whole, at);
        }
        Range range = new Range(port(ends[0], whole, at), port(ends[ends.length - 1], whole, at));
        if (range.more() < 0) {
            throw at.invalid(
                    "the range of the port '" + whole + "' ends before it begins", "write the lower port first");
        }
        return range;
    }

    private static int port(String text, String whole, Position at) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw unfit(whole, at);
        }
        return Integer.parseInt(text);
    }

    private static RuntimeException unfit(String whole, Position at) {
        return at.invalid(
                "the port '" + whole + "' is no port or range from 0 to " + MAX_PORT,
                "write HOST:CONTAINER, such as \"8080:80\"");
    }

    private static String address(String text, String whole, Position at) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        boolean bracketed = bare.length() != text.length();
        if ((!bare.isEmpty() && !isAddress(bare)) || (!bracketed && bare.contains(":"))) {
            throw at.invalid("the port '" + whole + "' has no IP address before its first colon", "write one");
        }
        return bare;
    }

    static boolean isAddress(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    /** The same in its long form. */
    Mapping mapping(YamlNode like) {
        Mapping mapping = Mapping.empty(like.at()).with("mode", Trees.string("ingress", like));
        if (!address.isEmpty()) {
            mapping = mapping.with("host_ip", Trees.string(address, like));
        }
        mapping = mapping.with("target", Trees.number(target, like));
        if (!published.isEmpty()) {
            mapping = mapping.with("published", Trees.string(published, like));
        }
        return mapping.with("protocol", Trees.string(protocol, like));
    }
}
