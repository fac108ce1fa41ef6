package dev.slipway.compose.model;

import dev.slipway.compose.variables.Interpolation;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import java.util.List;
import java.util.Locale;

/** Replaces the variables of a tree; where a number or a truth value belongs, the text that comes of it is one. */
final class Interpolated {
    private static final PathTable<ScalarType> CASTS = new PathTable<ScalarType>()
            .put(
                    ScalarType.BOOLEAN,
                    "networks.*.external",
                    "networks.*.internal",
                    "networks.*.attachable",
                    "networks.*.enable_ipv4",
                    "networks.*.enable_ipv6",
                    "volumes.*.external",
                    "secrets.*.external",
                    "configs.*.external")
            .below(
                    Workloads.CONTAINERS,
                    ScalarType.INTEGER,
                    "cpu_count",
                    "cpu_period",
                    "cpu_quota",
                    "cpu_rt_period",
                    "cpu_rt_runtime",
                    "cpu_shares",
                    "oom_score_adj",
                    "pids_limit",
                    "ulimits.*",
                    "ulimits.*.hard",
                    "ulimits.*.soft")
            .below(Workloads.CONTAINERS, ScalarType.DECIMAL, "cpu_percent", "cpus")
            .below(
                    Workloads.CONTAINERS,
                    ScalarType.BOOLEAN,
                    "init",
                    "networks.*.use_service_name_alias",
                    "oom_kill_disable",
                    "privileged",
                    "read_only",
                    "volumes.*.read_only",
                    "volumes.*.volume.nocopy")
            .below(
                    Workloads.ALL,
                    ScalarType.BOOLEAN,
                    "depends_on.*.required",
                    "depends_on.*.restart",
                    "healthcheck.disable",
                    "stdin_open",
                    "tty")
            .below(Workloads.ALL, ScalarType.INTEGER, "healthcheck.retries", "ports.*.target")
            .below(
                    List.of("services.*"),
                    ScalarType.INTEGER,
                    "deploy.replicas",
                    "deploy.update_config.parallelism",
                    "deploy.rollback_config.parallelism",
                    "deploy.restart_policy.max_attempts",
                    "deploy.placement.max_replicas_per_node",
                    "scale")
            .below(
                    List.of("services.*"),
                    ScalarType.DECIMAL,
                    "deploy.update_config.max_failure_ratio",
                    "deploy.rollback_config.max_failure_ratio");

    private final Variables variables;

    private Interpolated(Variables variables) {
        this.variables = variables;
    }

    static Mapping of(Mapping root, Variables variables) {
        return (Mapping) new Interpolated(variables).change(root, TreePath.ROOT);
    }

    private YamlNode change(YamlNode node, TreePath path) {
        return node instanceof Scalar scalar
                ? scalar.type() == ScalarType.STRING ? scalar(scalar, path) : scalar
                : Trees.below(node, path, this::change);
    }

    private Scalar scalar(Scalar scalar, TreePath path) {
        String text = new Interpolation(scalar.at(), variables)
                .template(scalar.text())
                .text();
        return text.contains("${")
                ? scalar.withText(text)
                : CASTS.find(path).map(type -> cast(text, type, scalar, path)).orElseGet(() -> scalar.withText(text));
    }

    private static Scalar cast(String text, ScalarType type, Scalar scalar, TreePath path) {
        boolean fits = switch (type) {
            case BOOLEAN -> text.toLowerCase(Locale.ROOT).matches("true|false|y|yes|on|n|no|off");
            case INTEGER -> text.matches("[-+]?\\d{1,18}");
            case DECIMAL -> text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
            case STRING, NULL -> false;
        };
        if (!fits) {
            throw scalar.at()
                    .invalid(
                            "'" + path + "' is '" + text + "'",
                            "make it " + (type == ScalarType.BOOLEAN ? "true or false" : "a number"));
        }
        String value = switch (type) {
            case BOOLEAN -> Boolean.toString(text.toLowerCase(Locale.ROOT).matches("true|y|yes|on"));
            case INTEGER -> Long.toString(Long.parseLong(text));
            case DECIMAL, STRING, NULL -> text;
        };
        return new Scalar(value, type, scalar.at());
    }
}
