package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the schema cannot say of a single place. */
final class Checks {
    private static final Set<String> EXTERNAL = Set.of("name", "external");

    private interface Check {
        void of(YamlNode node, TreePath path);
    }

    private static final PathTable<Check> CHECKS = new PathTable<Check>()
            .put(Checks::external, "volumes.*")
            .put((node, path) -> content(node, path, List.of("file", "environment", "content")), "configs.*")
            .put((node, path) -> content(node, path, List.of("file", "environment")), "secrets.*")
            .put(Checks::address, "services.*.ports.*")
            .put(Checks::watched, "services.*.develop.watch.*.path")
            .put(Checks::devices, "services.*.deploy.resources.reservations.devices.*", "services.*.gpus.*");

    private Checks() {}

    static void check(Mapping root) {
        check(root, TreePath.ROOT);
    }

    private static void check(YamlNode node, TreePath path) {
        Optional<Check> own = CHECKS.find(path);
        if (own.isPresent()) {
            own.get().of(node, path);
            return;
        }
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach((key, value) -> check(value, path.next(key)));
            case Sequence sequence -> sequence.items().forEach(item -> check(item, path.item()));
            case Scalar scalar -> {}
        }
    }

    private static void external(YamlNode node, TreePath path) {
        if (!(node instanceof Mapping mapping)
                || !Nodes.text(mapping, "external").filter("true"::equals).isPresent()) {
            return;
        }
        mapping.entries().keySet().stream()
                .filter(key -> !EXTERNAL.contains(key) && !key.startsWith("x-"))
                .findFirst()
                .ifPresent(key -> {
                    throw mapping.at(key)
                            .invalid(
                                    "'" + path + "' is external and has '" + key + "'",
                                    "remove one of them: what is external is made elsewhere");
                });
    }

    private static void content(YamlNode node, TreePath path, List<String> ways) {
        if (!(node instanceof Mapping mapping)) {
            throw node.at().invalid("'" + path + "' is " + node.shape(), "say one of " + String.join(", ", ways));
        }
        long said = ways.stream().filter(mapping.entries()::containsKey).count();
        boolean elsewhere =
                mapping.entries().containsKey("driver") || mapping.entries().containsKey("external");
        if (said > 1 || (said == 0 && !elsewhere)) {
            throw mapping.at()
                    .invalid(
                            "'" + path + "' says " + (said == 0 ? "none" : "more than one") + " of "
                                    + String.join(", ", ways),
                            "say one of them");
        }
    }

    private static void address(YamlNode node, TreePath path) {
        if (node instanceof Mapping port) {
            Nodes.text(port, "host_ip")
                    .filter(text -> !PortSpec.isAddress(text))
                    .ifPresent(text -> {
                        throw port.at("host_ip").invalid("'" + text + "' is no IP address", "write one, or remove it");
                    });
        }
    }

    private static void watched(YamlNode node, TreePath path) {
        if (Nodes.asText("path", node).isEmpty()) {
            throw node.at().invalid("'" + path + "' is blank", "name a path");
        }
    }

    private static void devices(YamlNode node, TreePath path) {
        if (node instanceof Mapping request
                && request.entries().containsKey("count")
                && request.entries().containsKey("device_ids")) {
            throw request.at().invalid("'" + path + "' has both 'count' and 'device_ids'", "keep one of them");
        }
    }
}
