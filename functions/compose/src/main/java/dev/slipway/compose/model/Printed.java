package dev.slipway.compose.model;

import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model as Docker Compose prints it: without what is off or empty, unless that says something. */
final class Printed {
    /** What is printed though it is empty, off or zero. */
    private static final PathTable<Boolean> SAYS_SOMETHING = new PathTable<Boolean>()
            .put(true, "name", "services", "services.*", "networks.*", "volumes.*", "networks.*.ipam")
            .below(
                    Workloads.CONTAINERS,
                    true,
                    "command",
                    "entrypoint",
                    "environment.*",
                    "labels.*",
                    "annotations.*",
                    "sysctls.*",
                    "logging.options.*",
                    "build.args.*",
                    "build.labels.*",
                    "networks.*",
                    "networks.*.use_service_name_alias",
                    "init",
                    "umask",
                    "ulimits.*",
                    "healthcheck",
                    "healthcheck.retries",
                    "logging",
                    "blkio_config",
                    "credential_spec",
                    "volumes.*.image",
                    "depends_on.*.required",
                    "env_file.*.required",
                    "volumes.*.bind",
                    "volumes.*.bind.create_host_path",
                    "volumes.*.volume",
                    "volumes.*.tmpfs",
                    "volumes.*.volume.labels.*")
            .put(
                    true,
                    "services.*.attach",
                    "services.*.scale",
                    "services.*.deploy",
                    "services.*.deploy.replicas",
                    "services.*.deploy.resources",
                    "services.*.deploy.resources.limits",
                    "services.*.deploy.resources.reservations",
                    "services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value",
                    "services.*.deploy.update_config",
                    "services.*.deploy.rollback_config",
                    "services.*.deploy.restart_policy",
                    "services.*.develop",
                    "services.*.develop.watch.*.exec",
                    "services.*.develop.watch.*.exec.command",
                    "services.*.deploy.placement",
                    "services.*.deploy.labels.*",
                    "services.*.deploy.update_config.parallelism",
                    "services.*.deploy.rollback_config.parallelism",
                    "services.*.deploy.restart_policy.max_attempts",
                    "networks.*.labels.*",
                    "networks.*.driver_opts.*",
                    "networks.*.enable_ipv4",
                    "networks.*.enable_ipv6",
                    "volumes.*.labels.*",
                    "volumes.*.driver_opts.*");

    /** What may be empty, but is not there without a value. */
    private static final Set<String> PARTS = Set.of("develop", "deploy");

    /** What is on is left out. */
    private static final TreePath HOST_PATH = TreePath.of("services.*.volumes.*.bind.create_host_path");

    private Printed() {}

    static Mapping of(Mapping root) {
        return (Mapping) change(withEmptyParts(root), TreePath.ROOT);
    }

    private static YamlNode change(YamlNode node, TreePath path) {
        return switch (node) {
            case Mapping mapping -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> {
                    TreePath place = path.next(key);
                    YamlNode printed = isExtensionOfAll(place) ? value : change(value, place);
                    if (isPrinted(key, printed, place)) {
                        entries.put(key, printed);
                    }
                });
                yield Trees.mapping(mapping, entries);
            }
            case Sequence sequence -> Trees.items(sequence, path, Printed::change);
            case Scalar scalar -> scalar;
        };
    }

    /** It is printed as it was written. */
    private static boolean isExtensionOfAll(TreePath place) {
        return place.parts().size() == 1 && place.last().startsWith("x-");
    }

    private static boolean isPrinted(String key, YamlNode value, TreePath place) {
        boolean extension = key.startsWith("x-") && place.parts().size() > 1 && !isOfName(place);
        if (extension || (place.matches(HOST_PATH) && isOn(value))) {
            return false;
        }
        boolean absent = value.isNull() && PARTS.contains(key) && !isOfName(place);
        return !isNothing(value) || (!absent && SAYS_SOMETHING.find(place).isPresent());
    }

    /** Names of services and of variables are everybody's own. */
    private static boolean isOfName(TreePath place) {
        int length = place.parts().size();
        return length == 2 || place.parts().get(length - 2).matches("environment|labels|args|options|driver_opts");
    }

    private static boolean isOn(YamlNode value) {
        return value instanceof Scalar scalar && scalar.text().equals("true");
    }

    private static boolean isNothing(YamlNode value) {
        return switch (value) {
            case Mapping mapping -> mapping.entries().isEmpty();
            case Sequence sequence -> sequence.items().isEmpty();
            case Scalar scalar ->
                switch (scalar.type()) {
                    case NULL -> true;
                    case STRING -> scalar.text().isEmpty();
                    case BOOLEAN -> scalar.text().equals("false");
                    case INTEGER, DECIMAL -> scalar.text().matches("-?0(\\.0*)?");
                };
        };
    }

    private static Mapping withEmptyParts(Mapping root) {
        Mapping result = Workloads.each(root, (service, path) -> service(service));
        return Trees.child(result, "networks").isEmpty()
                ? result
                : result.with(
                        "networks",
                        Trees.entries(
                                Trees.child(result, "networks").get(),
                                TreePath.ROOT,
                                (network, path) -> orEmpty((Mapping) network, "ipam")));
    }

    private static YamlNode service(YamlNode node) {
        if (!(node instanceof Mapping service)) {
            return node;
        }
        Mapping result = withCommand(service);
        if (result.get("pre_start").orElse(null) instanceof Sequence steps) {
            result = result.with(
                    "pre_start", Trees.items(steps, TreePath.ROOT, (step, path) -> withCommand((Mapping) step)));
        }
        if (result.get("develop").orElse(null) instanceof Mapping develop) {
            result = result.with("develop", develop(develop));
        }
        if (result.get("deploy").orElse(null) instanceof Mapping deploy) {
            result = result.with("deploy", orEmpty(orEmpty(deploy, "resources"), "placement"));
        }
        return result;
    }

    private static Mapping withCommand(Mapping container) {
        Mapping result = container;
        for (String key : List.of("command", "entrypoint")) {
            result = result.entries().containsKey(key) ? result : result.with(key, Trees.nothing(container));
        }
        return result;
    }

    /** Each trigger has a command to run, if only an empty one. */
    private static Mapping develop(Mapping develop) {
        return develop.get("watch").orElse(null) instanceof Sequence watch
                ? develop.with(
                        "watch", Trees.items(watch, TreePath.ROOT, (trigger, path) -> trigger((Mapping) trigger)))
                : develop;
    }

    private static Mapping trigger(Mapping trigger) {
        Mapping exec = Trees.child(trigger, "exec").orElse(Mapping.empty(trigger.at()));
        return trigger.with("exec", exec.get("command").isPresent() ? exec : exec.with("command", Trees.nothing(exec)));
    }

    private static Mapping orEmpty(Mapping mapping, String key) {
        return mapping.get(key).isPresent() ? mapping : mapping.with(key, Mapping.empty(mapping.at()));
    }

    /** The same with each dollar as it is meant. */
    static YamlNode plain(YamlNode node) {
        return node instanceof Scalar scalar && scalar.type() == ScalarType.STRING
                ? scalar.withText(scalar.text().replace("$$", "$"))
                : Trees.below(node, TreePath.ROOT, (value, path) -> plain(value));
    }
}
