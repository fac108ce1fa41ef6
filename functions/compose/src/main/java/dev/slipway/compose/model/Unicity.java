package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lists of which no two items may be about the same: the last one says it, in the place of the first. */
final class Unicity {
    private static final PathTable<Function<YamlNode, String>> SUBJECTS = new PathTable<Function<YamlNode, String>>()
            .put(Unicity::name, "networks.*.labels", "networks.*.ipam.options")
            .below(
                    List.of("services.*"),
                    Unicity::name,
                    "annotations",
                    "build.args",
                    "build.additional_contexts",
                    "build.platform",
                    "build.tags",
                    "build.labels",
                    "cap_add",
                    "cap_drop",
                    "deploy.labels",
                    "dns",
                    "dns_opt",
                    "dns_search",
                    "environment",
                    "labels",
                    "links",
                    "networks.*.aliases",
                    "networks.*.link_local_ips",
                    "profiles",
                    "sysctls",
                    "tmpfs")
            .put(Unicity::path, "services.*.env_file")
            .put(Unicity::text, "services.*.expose")
            .put(Unicity::port, "services.*.ports")
            .put(item -> mount("", item), "services.*.configs")
            .put(item -> mount("/run/secrets", item), "services.*.secrets")
            .put(Unicity::volume, "services.*.volumes")
            .put(Unicity::device, "services.*.devices");

    private Unicity() {}

    static Mapping enforce(Mapping root) {
        return (Mapping) enforce(root, TreePath.ROOT);
    }

    private static YamlNode enforce(YamlNode node, TreePath path) {
        return switch (node) {
            case Mapping mapping -> Trees.entries(mapping, path, Unicity::enforce);
            case Sequence sequence ->
                SUBJECTS.find(path)
                        .<YamlNode>map(subject -> of(sequence, subject))
                        .orElse(sequence);
            case Scalar scalar -> scalar;
        };
    }

    static Sequence of(Sequence sequence, Function<YamlNode, String> subject) {
        Map<String, YamlNode> items = new LinkedHashMap<>();
        sequence.items().forEach(item -> items.put(subject.apply(item), item));
        return new Sequence(new ArrayList<>(items.values()), sequence.at());
    }

    static String name(YamlNode item) {
        if (item instanceof Scalar scalar) {
            return scalar.text().split("=", 2)[0];
        }
        throw item.at().invalid("an item of the list is " + item.shape(), "make it a single value");
    }

    private static String text(YamlNode item) {
        return Nodes.asText("expose", item);
    }

    private static String path(YamlNode item) {
        return item instanceof Mapping mapping
                ? Nodes.text(mapping, "path")
                        .orElseThrow(() -> item.at().invalid("an env_file has no 'path'", "add it"))
                : Nodes.asText("env_file", item);
    }

    private static String port(YamlNode item) {
        if (item instanceof Mapping port) {
            return Nodes.text(port, "host_ip").orElse("0.0.0.0") + ":"
                    + Nodes.text(port, "published").orElse("") + ":"
                    + Nodes.text(port, "target")
                            .orElseThrow(() -> item.at().invalid("a port has no 'target'", "add the container's port"))
                    + "/" + Nodes.text(port, "protocol").orElse("tcp");
        }
        return Nodes.asText("ports", item);
    }

    private static String mount(String folder, YamlNode item) {
        return item instanceof Mapping mapping
                ? Nodes.text(mapping, "target")
                        .orElseGet(() ->
                                folder + "/" + Nodes.text(mapping, "source").orElse(""))
                : folder + "/" + Nodes.asText("source", item);
    }

    private static String volume(YamlNode item) {
        Optional<String> target = item instanceof Mapping mapping
                ? Nodes.text(mapping, "target")
                : Optional.of(VolumeSpec.parse(Nodes.asText("volumes", item), item.at())
                        .target());
        return target.orElseThrow(() -> item.at().invalid("a volume has no 'target'", "add the path in the container"));
    }

    private static String device(YamlNode item) {
        if (item instanceof Mapping mapping) {
            return Nodes.text(mapping, "target")
                    .orElseThrow(() -> item.at().invalid("a device has no 'target'", "add the path in the container"));
        }
        String[] parts = Nodes.asText("devices", item).split(":", -1);
        return parts[parts.length == 1 ? 0 : 1];
    }
}
