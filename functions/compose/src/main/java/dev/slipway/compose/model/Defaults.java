package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;

/** Sets what a file leaves to the specification. */
final class Defaults {
    private static final PathTable<Trees.Change> VALUES = new PathTable<Trees.Change>()
            .below(Workloads.ALL, (node, path) -> or(node, "context", "."), "build")
            .below(Workloads.ALL, Defaults::secret, "secrets.*")
            .below(Workloads.ALL, (node, path) -> or(or(node, "protocol", "tcp"), "mode", "ingress"), "ports.*")
            .below(Workloads.ALL, Defaults::device, "gpus.*")
            .below(Workloads.ALL, Defaults::bind, "volumes.*.bind")
            .put(Defaults::device, "services.*.deploy.resources.reservations.devices.*");

    private Defaults() {}

    static Mapping set(Mapping root) {
        return (Mapping) set(root, TreePath.ROOT);
    }

    private static YamlNode set(YamlNode node, TreePath path) {
        return VALUES.find(path)
                .orElse((other, at) -> Trees.below(other, at, Defaults::set))
                .of(node, path);
    }

    private static YamlNode or(YamlNode node, String key, String value) {
        return node instanceof Mapping mapping && !mapping.entries().containsKey(key)
                ? mapping.with(key, Trees.string(value, node))
                : node;
    }

    private static YamlNode secret(YamlNode node, TreePath path) {
        return node instanceof Mapping mapping
                ? or(
                        mapping,
                        "target",
                        "/run/secrets/" + Nodes.text(mapping, "source").orElse(""))
                : node;
    }

    private static YamlNode device(YamlNode node, TreePath path) {
        return node instanceof Mapping mapping && mapping.entries().containsKey("device_ids")
                ? node
                : or(node, "count", "all");
    }

    private static YamlNode bind(YamlNode node, TreePath path) {
        return node instanceof Mapping mapping && !mapping.entries().containsKey("create_host_path")
                ? mapping.with("create_host_path", Trees.flag(true, node))
                : node;
    }
}
