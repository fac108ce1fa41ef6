package dev.slipway.compose.model;

import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives each value the one form that its type has: words for commands, bytes for sizes, mappings for what may also be a list. */
final class Types {
    private static final List<String> RESOURCES =
            List.of("services.*.deploy.resources.limits", "services.*.deploy.resources.reservations");
    private static final List<String> UPDATES =
            List.of("services.*.deploy.update_config", "services.*.deploy.rollback_config");

    private static final PathTable<Trees.Change> TYPES = new PathTable<Trees.Change>()
            .below(Workloads.CONTAINERS, Types::words, "command", "entrypoint")
            .below(
                    List.of("services.*"),
                    Types::words,
                    "post_start.*.command",
                    "pre_stop.*.command",
                    "develop.watch.*.exec.command")
            .below(Workloads.CONTAINERS, Types::test, "healthcheck.test")
            .below(
                    Workloads.CONTAINERS,
                    Types::duration,
                    "healthcheck.interval",
                    "healthcheck.timeout",
                    "healthcheck.start_period",
                    "healthcheck.start_interval",
                    "stop_grace_period")
            .below(UPDATES, Types::pause, "delay", "monitor")
            .below(List.of("services.*.deploy.restart_policy"), Types::duration, "delay", "window")
            .below(
                    Workloads.CONTAINERS,
                    Amounts::bytes,
                    "mem_limit",
                    "mem_reservation",
                    "memswap_limit",
                    "mem_swappiness",
                    "shm_size",
                    "build.shm_size",
                    "volumes.*.tmpfs.size",
                    "blkio_config.device_read_bps.*.rate",
                    "blkio_config.device_write_bps.*.rate",
                    "blkio_config.device_read_iops.*.rate",
                    "blkio_config.device_write_iops.*.rate")
            .below(RESOURCES, Amounts::bytes, "memory")
            .below(RESOURCES, Amounts::number, "cpus")
            .below(Workloads.CONTAINERS, Amounts::number, "cpus", "cpu_percent")
            .below(Workloads.CONTAINERS, Types::variables, "environment", "build.args")
            .below(List.of("services.*"), Types::variables, "post_start.*.environment", "pre_stop.*.environment")
            .below(
                    Workloads.CONTAINERS,
                    Types::texts,
                    "annotations",
                    "sysctls",
                    "labels",
                    "build.labels",
                    "build.additional_contexts",
                    "logging.options",
                    "networks.*.driver_opts",
                    "storage_opt",
                    "volumes.*.volume.labels")
            .put(
                    Types::texts,
                    "services.*.deploy.labels",
                    "networks.*.labels",
                    "networks.*.driver_opts",
                    "networks.*.ipam.options",
                    "networks.*.ipam.config.*.aux_addresses",
                    "volumes.*.labels",
                    "volumes.*.driver_opts",
                    "secrets.*.labels",
                    "secrets.*.driver_opts",
                    "configs.*.labels",
                    "configs.*.driver_opts")
            .put(Types::lists, "services.*.provider.options")
            .below(Workloads.CONTAINERS, ExtraHosts::of, "extra_hosts", "build.extra_hosts")
            .below(
                    Workloads.CONTAINERS,
                    Types::listed,
                    "expose",
                    "tmpfs",
                    "dns_search",
                    "group_add",
                    "build.no_cache_filter",
                    "build.cache_from",
                    "build.cache_to")
            .below(Workloads.CONTAINERS, Amounts::mode, "configs.*.mode", "secrets.*.mode", "build.secrets.*.mode")
            .below(Workloads.CONTAINERS, Types::text, "ports.*.published", "build.provenance", "build.sbom")
            .below(Workloads.CONTAINERS, Amounts::integer, "ports.*.target")
            .below(Workloads.CONTAINERS, Amounts::umask, "umask")
            .below(Workloads.CONTAINERS, Amounts::count, "gpus.*.count")
            .put(Amounts::count, "services.*.deploy.resources.reservations.devices.*.count");

    private Types() {}

    static Mapping of(Mapping root) {
        return (Mapping) change(root, TreePath.ROOT);
    }

    private static YamlNode change(YamlNode node, TreePath path) {
        return node.isNull()
                ? node
                : TYPES.find(path)
                        .orElse((other, at) -> Trees.below(other, at, Types::change))
                        .of(node, path);
    }

    private static YamlNode words(YamlNode node, TreePath path) {
        if (!(node instanceof Scalar scalar)) {
            return node;
        }
        List<String> words = ShellWords.split(scalar.text())
                .orElseThrow(() -> scalar.at()
                        .invalid(
                                "'" + path + "' is no command without a shell",
                                "close its quotes, or write it as a list: [sh, -c, '…']"));
        return strings(words, scalar);
    }

    static Sequence strings(List<String> texts, YamlNode like) {
        return new Sequence(
                texts.stream().<YamlNode>map(text -> Trees.string(text, like)).toList(), like.at());
    }

    private static YamlNode test(YamlNode node, TreePath path) {
        return node instanceof Scalar scalar ? strings(List.of("CMD-SHELL", scalar.text()), scalar) : node;
    }

    private static YamlNode duration(YamlNode node, TreePath path) {
        if (!(node instanceof Scalar scalar) || scalar.text().contains("${")) {
            return node;
        }
        long nanos = Times.nanos(scalar.text())
                .orElseThrow(() -> scalar.at()
                        .invalid(
                                "'" + scalar.text() + "' is no duration",
                                "write a number with its unit, e.g. 60s, 5m or 1h30m"));
        return Trees.string(Times.text(nanos), scalar);
    }

    /** None is what is not said. */
    private static YamlNode pause(YamlNode node, TreePath path) {
        YamlNode pause = duration(node, path);
        return Trees.text(pause).filter("0s"::equals).isPresent() ? Trees.nothing(node) : pause;
    }

    private static YamlNode variables(YamlNode node, TreePath path) {
        Map<String, YamlNode> variables = new TreeMap<>();
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach((name, value) -> variables.put(name, string(value)));
            case Sequence sequence -> sequence.items().forEach(item -> put(item, variables));
            case Scalar scalar ->
                throw scalar.at()
                        .invalid("'" + path + "' is a single value", "write NAME: value, or a list of NAME=value");
        }
        return Mapping.of(variables, node.at());
    }

    private static void put(YamlNode item, Map<String, YamlNode> variables) {
        String[] pair = ((Scalar) string(item)).text().split("=", 2);
        if (!pair[0].equals(pair[0].stripTrailing())) {
            throw item.at().invalid("the variable '" + pair[0] + "' ends in a space", "remove the space");
        }
        variables.put(pair[0], pair.length == 1 ? Trees.nothing(item) : Trees.string(pair[1], item));
    }

    private static YamlNode string(YamlNode node) {
        return node instanceof Scalar scalar && !scalar.isNull() ? Trees.string(scalar.text(), scalar) : node;
    }

    /** What has no value is blank. */
    private static YamlNode texts(YamlNode node, TreePath path) {
        Mapping texts = (Mapping) variables(node, path);
        return Trees.entries(texts, path, (value, at) -> value.isNull() ? Trees.string("", value) : value);
    }

    private static YamlNode lists(YamlNode node, TreePath path) {
        return Trees.below(node, path, (value, at) -> listed(value, at));
    }

    private static YamlNode listed(YamlNode node, TreePath path) {
        return switch (node) {
            case Scalar scalar -> new Sequence(List.of(string(scalar)), scalar.at());
            case Sequence sequence -> Trees.items(sequence, path, (item, at) -> string(item));
            case Mapping mapping -> mapping;
        };
    }

    private static YamlNode text(YamlNode node, TreePath path) {
        return string(node);
    }
}
