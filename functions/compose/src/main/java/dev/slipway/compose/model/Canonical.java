package dev.slipway.compose.model;

import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings what may be written in a short form into its long one. */
final class Canonical {
    private static final PathTable<Trees.Change> FORMS = new PathTable<Trees.Change>()
            .below(Workloads.CONTAINERS, Canonical::envFiles, "env_file")
            .below(Workloads.CONTAINERS, Canonical::listed, "label_file", "dns")
            .below(Workloads.ALL, Canonical::nameServers, "dns")
            .below(Workloads.CONTAINERS, Canonical::gpus, "gpus")
            .below(Workloads.CONTAINERS, Canonical::named, "networks", "models")
            .below(Workloads.CONTAINERS, Canonical::volume, "volumes.*")
            .below(Workloads.CONTAINERS, Canonical::device, "devices.*")
            .below(Workloads.CONTAINERS, Canonical::mount, "secrets.*", "configs.*")
            .below(Workloads.CONTAINERS, (node, path) -> node, "ulimits.*")
            .below(Workloads.ALL, Canonical::mount, "build.secrets.*")
            .below(Workloads.ALL, Canonical::pairs, "build.additional_contexts")
            .below(Workloads.ALL, Canonical::dependencies, "depends_on")
            .below(Workloads.ALL, (node, path) -> inside("service", node, path), "extends")
            .below(Workloads.ALL, Canonical::ports, "ports")
            .below(Workloads.ALL, (node, path) -> inside("context", node, path), "build")
            .below(Workloads.ALL, Canonical::keys, "build.ssh")
            .below(List.of("services.*"), Canonical::listed, "develop.watch.*.ignore", "develop.watch.*.include")
            .put((node, path) -> inside("cron", node, path), "jobs.*.triggers.schedule.*")
            .put((node, path) -> inside("path", node, path), "include.*")
            .put(Canonical::external, "volumes.*", "networks.*", "secrets.*", "configs.*");

    private Canonical() {}

    static Mapping of(Mapping root) {
        return (Mapping) change(root, TreePath.ROOT);
    }

    private static YamlNode change(YamlNode node, TreePath path) {
        return FORMS.find(path).orElse(Canonical::below).of(node, path);
    }

    private static YamlNode below(YamlNode node, TreePath path) {
        return Trees.below(node, path, Canonical::change);
    }

    /** What a single value is short for. */
    private static YamlNode inside(String key, YamlNode node, TreePath path) {
        return node instanceof Scalar scalar && !scalar.isNull()
                ? Mapping.empty(scalar.at()).with(key, scalar)
                : below(node, path);
    }

    private static YamlNode listed(YamlNode node, TreePath path) {
        return Trees.text(node).isPresent() ? new Sequence(List.of(node), node.at()) : node;
    }

    /** A variable that is not set names no server. */
    private static YamlNode nameServers(YamlNode node, TreePath path) {
        return listed(node, path) instanceof Sequence sequence
                ? new Sequence(
                        sequence.items().stream()
                                .filter(item -> !item.isNull()
                                        && Trees.text(item)
                                                .filter(String::isEmpty)
                                                .isEmpty())
                                .toList(),
                        sequence.at())
                : node;
    }

    private static YamlNode envFiles(YamlNode node, TreePath path) {
        List<YamlNode> files = new ArrayList<>();
        for (YamlNode file : node instanceof Sequence sequence ? sequence.items() : List.of(node)) {
            Mapping entry = file instanceof Mapping mapping
                    ? mapping
                    : Mapping.empty(file.at()).with("path", file);
            files.add(entry.entries().containsKey("required") ? entry : entry.with("required", Trees.flag(true, file)));
        }
        return new Sequence(files, node.at());
    }

    private static YamlNode gpus(YamlNode node, TreePath path) {
        return Trees.text(node).isPresent()
                ? new Sequence(List.of(Mapping.empty(node.at()).with("count", Trees.string("all", node))), node.at())
                : below(node, path);
    }

    private static YamlNode named(YamlNode node, TreePath path) {
        if (!(node instanceof Sequence sequence)) {
            return node;
        }
        Map<String, YamlNode> names = new LinkedHashMap<>();
        sequence.items().forEach(item -> names.put(Trees.text(item).orElse(""), Trees.nothing(item)));
        return Mapping.of(names, sequence.at());
    }

    private static YamlNode volume(YamlNode node, TreePath path) {
        return Trees.text(node)
                .<YamlNode>map(text -> VolumeSpec.parse(text, node.at()).mapping(node))
                .orElse(node);
    }

    private static YamlNode device(YamlNode node, TreePath path) {
        return Trees.text(node).<YamlNode>map(text -> device(text, node)).orElse(node);
    }

    private static Mapping device(String text, YamlNode node) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw node.at().invalid("the device '" + text + "' has too many parts", "write it in the long form");
        }
        String target = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : parts[0];
        return Mapping.empty(node.at())
                .with("source", Trees.string(parts[0], node))
                .with("target", Trees.string(target, node))
                .with("permissions", Trees.string(parts.length > 2 ? parts[2] : "rwm", node));
    }

    private static YamlNode mount(YamlNode node, TreePath path) {
        return node instanceof Mapping ? node : Mapping.empty(node.at()).with("source", node);
    }

    private static YamlNode pairs(YamlNode node, TreePath path) {
        return node instanceof Sequence sequence ? split(sequence, true) : node;
    }

    private static YamlNode keys(YamlNode node, TreePath path) {
        return node instanceof Sequence sequence ? split(sequence, false) : node;
    }

    private static Mapping split(Sequence sequence, boolean always) {
        Map<String, YamlNode> pairs = new LinkedHashMap<>();
        for (YamlNode item : sequence.items()) {
            String[] pair = Trees.text(item).orElse("").split("=", 2);
            if (pair.length == 1 && (always || !pair[0].equals("default"))) {
                throw item.at().invalid("'" + pair[0] + "' has no value", "write NAME=value");
            }
            pairs.put(pair[0], pair.length == 1 ? Trees.nothing(item) : Trees.string(pair[1], item));
        }
        return Mapping.of(pairs, sequence.at());
    }

    private static YamlNode dependencies(YamlNode node, TreePath path) {
        return switch (node) {
            case Sequence sequence -> {
                Map<String, YamlNode> names = new LinkedHashMap<>();
                sequence.items().forEach(item -> names.put(Trees.text(item).orElse(""), dependency(item)));
                yield Mapping.of(names, sequence.at());
            }
            case Mapping mapping -> Trees.entries(mapping, path, (value, at) -> dependency(value, at));
            case Scalar scalar ->
                throw scalar.at().invalid("'depends_on' is a single value", "make it a list of services");
        };
    }

    private static YamlNode dependency(YamlNode value, TreePath path) {
        if (!(value instanceof Mapping mapping)) {
            throw value.at().invalid("'" + path + "' is " + value.shape(), "make it a mapping with 'condition'");
        }
        Mapping whole = mapping.entries().containsKey("condition")
                ? mapping
                : mapping.with("condition", Trees.string("service_started", mapping));
        return whole.entries().containsKey("required") ? whole : whole.with("required", Trees.flag(true, mapping));
    }

    /** On a service that is only named. */
    static Mapping dependency(YamlNode like) {
        return Mapping.empty(like.at())
                .with("condition", Trees.string("service_started", like))
                .with("required", Trees.flag(true, like));
    }

    private static YamlNode ports(YamlNode node, TreePath path) {
        if (!(node instanceof Sequence sequence)) {
            return node;
        }
        List<YamlNode> ports = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            if (item instanceof Scalar scalar
                    && (scalar.type() == ScalarType.STRING || scalar.type() == ScalarType.INTEGER)) {
                PortSpec.parse(scalar.text(), scalar.at()).forEach(port -> ports.add(port.mapping(scalar)));
            } else if (item instanceof Mapping) {
                ports.add(item);
            } else {
                throw item.at().invalid("a port is no port", "write HOST:CONTAINER, such as \"8080:80\"");
            }
        }
        return new Sequence(ports, sequence.at());
    }

    /** {@code external: {name: x}} is what older files have. */
    private static YamlNode external(YamlNode node, TreePath path) {
        if (!(below(node, path) instanceof Mapping mapping)
                || !(Trees.entry(mapping, "external").orElse(null) instanceof Mapping external)) {
            return below(node, path);
        }
        Mapping plain = mapping.with("external", Trees.flag(true, external));
        if (external.get("name").isEmpty()) {
            return plain;
        }
        if (mapping.get("name")
                .filter(name -> !Trees.isSame(name, external.get("name").orElseThrow()))
                .isPresent()) {
            throw external.at().invalid("'name' and 'external.name' differ", "keep 'name' only");
        }
        return plain.with("name", external.get("name").orElseThrow());
    }
}
