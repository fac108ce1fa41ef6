package dev.slipway.compose.model;

import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Names of hosts with their addresses, as a sorted list of {@code HOST=ADDRESS}. */
final class ExtraHosts {
    private ExtraHosts() {}

    static YamlNode of(YamlNode node, TreePath path) {
        List<String> hosts = new ArrayList<>();
        switch (node) {
            case Mapping mapping ->
                mapping.entries().forEach((host, value) -> {
                    List<YamlNode> addresses = value instanceof Sequence sequence ? sequence.items() : List.of(value);
                    addresses.forEach(address -> hosts.add(entry(host, ((Scalar) address).text(), address)));
                });
            case Sequence sequence -> sequence.items().forEach(item -> hosts.addAll(entries((Scalar) item)));
            case Scalar scalar -> throw scalar.at().invalid("'" + path + "' is a single value", "make it a list");
        }
        hosts.sort(null);
        return Types.strings(hosts, node);
    }

    private static List<String> entries(Scalar item) {
        String text = item.text();
        int at = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        if (at < 0) {
            throw item.at().invalid("the host '" + text + "' has no address", "write HOST=ADDRESS");
        }
        return List.of(text.substring(at + 1).split(",", -1)).stream()
                .map(address -> entry(text.substring(0, at), address, item))
                .toList();
    }

    private static String entry(String name, String address, YamlNode item) {
        if (name.isEmpty() || name.matches(".*[:=].*")) {
            throw item.at().invalid("'" + name + "' is no host's name", "write HOST=ADDRESS");
        }
        String bare = address.matches("\\[.+]") ? address.substring(1, address.length() - 1) : address;
        return name + "=" + bare;
    }
}
