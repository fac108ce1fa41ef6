package dev.slipway.compose.model;

import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Lays one compose file over another: mappings are merged, lists appended to, and what may be written in several ways is brought into
 * one first.
 *
 * @see <a href="https://docs.docker.com/reference/compose-file/merge/">Merge</a>
 */
final class Merge {
    private static final PathTable<Way> WAYS = new PathTable<Way>()
            .put(
                    Merge::asPairs,
                    "networks.*.labels",
                    "volumes.*.labels",
                    "secrets.*.labels",
                    "configs.*.labels",
                    "services.*.deploy.labels")
            .put(Merge::addressPools, "networks.*.ipam.config")
            .below(
                    Workloads.ALL,
                    Merge::asPairs,
                    "annotations",
                    "build.args",
                    "build.additional_contexts",
                    "build.labels",
                    "environment",
                    "labels",
                    "sysctls",
                    "volumes.*.volume.labels")
            .below(
                    Workloads.ALL,
                    Merge::asLists,
                    "build.extra_hosts",
                    "dns",
                    "dns_opt",
                    "dns_search",
                    "env_file",
                    "label_file",
                    "extra_hosts",
                    "tmpfs")
            .below(Workloads.ALL, (base, over, path) -> over, "command", "entrypoint", "healthcheck.test")
            .below(Workloads.ALL, Merge::builds, "build")
            .below(Workloads.ALL, Merge::logging, "logging")
            .below(Workloads.ALL, Merge::dependencies, "depends_on")
            .below(Workloads.ALL, Merge::asMappings, "models", "networks")
            .below(Workloads.ALL, Merge::limits, "ulimits.*");

    private Merge() {}

    private interface Way {
        YamlNode merge(YamlNode base, YamlNode over, TreePath path);
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming the place in the later file that does not fit */
    static YamlNode merge(YamlNode base, YamlNode over, TreePath path) {
        return WAYS.find(path).orElse(Merge::plainly).merge(base, over, path);
    }

    private static YamlNode plainly(YamlNode base, YamlNode over, TreePath path) {
        if (over.isNull()) {
            return base;
        }
        return switch (base) {
            case Mapping mapping -> mappings(mapping, mapping(over, path), path);
            case Sequence sequence when over instanceof Sequence other -> append(sequence, other);
            case Sequence sequence -> throw unfit(over, path);
            case Scalar scalar -> over;
        };
    }

    private static Mapping mapping(YamlNode node, TreePath path) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        throw unfit(node, path);
    }

    private static RuntimeException unfit(YamlNode node, TreePath path) {
        return node.at()
                .invalid(
                        "'" + path + "' is " + node.shape() + ", and what it is merged with is not",
                        "write both in the same form");
    }

    static Mapping mappings(Mapping base, Mapping over, TreePath path) {
        Map<String, YamlNode> entries = new LinkedHashMap<>(base.entries());
        Map<String, Position> keys = new LinkedHashMap<>(base.keys());
        over.entries().forEach((key, value) -> {
            YamlNode before = entries.get(key);
            entries.put(key, before == null ? value : merge(before, value, path.next(key)));
            keys.put(key, over.at(key));
        });
        return new Mapping(entries, keys, over.at());
    }

    private static Sequence append(Sequence base, Sequence over) {
        List<YamlNode> items = new ArrayList<>(base.items());
        Set<Object> there = items.stream().map(Trees::value).collect(Collectors.toSet());
        over.items().stream().filter(item -> there.add(Trees.value(item))).forEach(items::add);
        return new Sequence(items, over.at());
    }

    private static YamlNode asLists(YamlNode base, YamlNode over, TreePath path) {
        return append(list(base), list(over));
    }

    /** A later pair with the same name takes the place of the earlier one. */
    private static YamlNode asPairs(YamlNode base, YamlNode over, TreePath path) {
        List<YamlNode> all = new ArrayList<>(list(base).items());
        all.addAll(list(over).items());
        return Unicity.of(new Sequence(all, over.at()), Unicity::name);
    }

    /** A mapping as a list of pairs, by their names. */
    private static Sequence list(YamlNode node) {
        return switch (node) {
            case Sequence sequence -> sequence;
            case Scalar scalar when scalar.isNull() -> new Sequence(List.of(), scalar.at());
            case Scalar scalar -> new Sequence(List.of(scalar), scalar.at());
            case Mapping mapping -> {
                List<Scalar> pairs = new ArrayList<>();
                mapping.entries().forEach((key, value) -> addPairs(pairs, key, value));
                pairs.sort(Comparator.comparing(Scalar::text));
                yield new Sequence(List.copyOf(pairs), mapping.at());
            }
        };
    }

    private static void addPairs(List<Scalar> pairs, String key, YamlNode value) {
        switch (value) {
            case Scalar scalar when scalar.isNull() -> pairs.add(Scalar.string(key, scalar.at()));
            case Scalar scalar -> pairs.add(Scalar.string(key + "=" + scalar.text(), scalar.at()));
            case Sequence sequence -> sequence.items().forEach(item -> addPairs(pairs, key, item));
            case Mapping mapping -> pairs.add(Scalar.string(key, mapping.at()));
        }
    }

    private static YamlNode builds(YamlNode base, YamlNode over, TreePath path) {
        return mappings(build(base, path), build(over, path), path);
    }

    private static Mapping build(YamlNode node, TreePath path) {
        return node instanceof Scalar scalar ? Mapping.empty(scalar.at()).with("context", scalar) : mapping(node, path);
    }

    /** Options of one driver are of no use to another. */
    private static YamlNode logging(YamlNode base, YamlNode over, TreePath path) {
        Mapping before = mapping(base, path);
        Mapping after = mapping(over, path);
        boolean other = before.get("driver").isPresent()
                && after.get("driver").isPresent()
                && !Trees.isSame(before.get("driver").get(), after.get("driver").get());
        return other ? after : mappings(before, after, path);
    }

    private static YamlNode dependencies(YamlNode base, YamlNode over, TreePath path) {
        return mappings(
                keyed(base, path, () -> Canonical.dependency(base)),
                keyed(over, path, () -> Canonical.dependency(over)),
                path);
    }

    private static YamlNode asMappings(YamlNode base, YamlNode over, TreePath path) {
        return mappings(
                keyed(base, path, () -> Trees.nothing(base)), keyed(over, path, () -> Trees.nothing(over)), path);
    }

    /** A list of names as a mapping, each with the same value. */
    private static Mapping keyed(YamlNode node, TreePath path, Supplier<YamlNode> value) {
        return switch (node) {
            case Mapping mapping -> mapping;
            case Scalar scalar when scalar.isNull() -> Mapping.empty(scalar.at());
            case Scalar scalar -> Mapping.empty(scalar.at()).with(scalar.text(), value.get());
            case Sequence sequence -> {
                Map<String, YamlNode> names = new LinkedHashMap<>();
                sequence.items()
                        .forEach(item -> names.put(Trees.text(item).orElseThrow(() -> unfit(item, path)), value.get()));
                yield Mapping.of(names, sequence.at());
            }
        };
    }

    private static YamlNode limits(YamlNode base, YamlNode over, TreePath path) {
        return base instanceof Mapping before && over instanceof Mapping after ? mappings(before, after, path) : over;
    }

    /** Pools of the same subnet are merged. */
    private static YamlNode addressPools(YamlNode base, YamlNode over, TreePath path) {
        List<YamlNode> pools = new ArrayList<>(list(base).items());
        for (YamlNode pool : list(over).items()) {
            int same = indexOf(pools, pool);
            if (same < 0) {
                pools.add(pool);
            } else {
                pools.set(same, mappings(mapping(pools.get(same), path), mapping(pool, path), path));
            }
        }
        return new Sequence(pools, over.at());
    }

    private static int indexOf(List<YamlNode> pools, YamlNode pool) {
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i) instanceof Mapping one
                    && pool instanceof Mapping other
                    && one.get("subnet")
                            .flatMap(Trees::text)
                            .equals(other.get("subnet").flatMap(Trees::text))) {
                return i;
            }
        }
        return -1;
    }
}
