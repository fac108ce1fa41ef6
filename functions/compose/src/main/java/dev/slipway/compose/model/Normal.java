package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a whole model leaves unsaid: networks, names, and who depends on whom. */
final class Normal {
    private static final List<String> NAMED = List.of("networks", "volumes", "configs", "secrets");
    private static final List<String> SPACES = List.of("network_mode", "ipc", "pid", "uts", "cgroup");
    private static final String SERVICE = "service:";
    private static final String DEFAULT = "default";
    private static final TreePath SERVICE_PATH = TreePath.of("services.x");

    private final String project;

    private Normal(String project) {
        this.project = project;
    }

    static Mapping of(Mapping root, String project) {
        return new Normal(project).normalize(root);
    }

    private Mapping normalize(Mapping root) {
        Mapping result = withNetwork(Workloads.each(root, (service, at) -> service(service)));
        for (String kind : NAMED) {
            Optional<Mapping> resources = Trees.child(result, kind);
            if (resources.isPresent()) {
                result = result.with(
                        kind,
                        Trees.entries(resources.get(), TreePath.ROOT, (resource, at) -> named(resource, at.last())));
            }
        }
        return result;
    }

    private YamlNode service(YamlNode node) {
        if (!(node instanceof Mapping service)) {
            return node;
        }
        Mapping result = service;
        if (Nodes.text(service, "pull_policy").filter("if_not_present"::equals).isPresent()) {
            result = result.with("pull_policy", Trees.string("missing", service));
        }
        if (result.get("build").orElse(null) instanceof Mapping build) {
            result = result.with("build", build(build));
        }
        if (result.get("volumes").orElse(null) instanceof Sequence volumes) {
            result = result.with("volumes", Trees.items(volumes, TreePath.ROOT, (volume, at) -> target(volume)));
        }
        if (isOnNetworks(result) && networks(result).entries().isEmpty()) {
            result = result.with("networks", Mapping.empty(result.at()).with(DEFAULT, Trees.nothing(result)));
        }
        if (result.get("scale").isPresent() && result.get("deploy").orElse(null) instanceof Mapping deploy) {
            result = result.with("deploy", deploy.with("replicas", replicas(deploy, result)));
        }
        if (result.get("pre_start").orElse(null) instanceof Sequence steps) {
            Mapping own = container(result);
            result = result.with(
                    "pre_start", Trees.items(steps, TreePath.ROOT, (step, at) -> Merge.merge(own, step, SERVICE_PATH)));
        }
        Mapping dependencies = dependencies(result);
        return dependencies.entries().isEmpty() ? result : result.with("depends_on", dependencies);
    }

    /** What a step before a service has of it: its mounts it gets when it runs. */
    private static Mapping container(Mapping service) {
        Map<String, YamlNode> own = new LinkedHashMap<>(service.entries());
        own.keySet().retainAll(ComposeSchema.CONTAINER_KEYS);
        own.remove("volumes");
        return Trees.mapping(service, own);
    }

    /** Where both are said, they are compared later. */
    private static YamlNode replicas(Mapping deploy, Mapping service) {
        return deploy.get("replicas").or(() -> service.get("scale")).orElseThrow();
    }

    private static Mapping build(Mapping build) {
        Mapping result = build.get("context").isPresent() ? build : build.with("context", Trees.string(".", build));
        return result.get("dockerfile").isPresent()
                        || result.get("dockerfile_inline").isPresent()
                ? result
                : result.with("dockerfile", Trees.string("Dockerfile", build));
    }

    private static YamlNode target(YamlNode node) {
        return node instanceof Mapping volume && volume.get("target").orElse(null) instanceof Scalar target
                ? volume.with("target", target.withText(FilePaths.clean(target.text())))
                : node;
    }

    private static Mapping networks(Mapping service) {
        return Trees.child(service, "networks").orElse(Mapping.empty(service.at()));
    }

    private static boolean isOnNetworks(Mapping service) {
        return Trees.entry(service, "provider").isEmpty()
                && Trees.entry(service, "network_mode").isEmpty();
    }

    private Mapping dependencies(Mapping service) {
        Mapping result = Trees.child(service, "depends_on").orElse(Mapping.empty(service.at()));
        for (YamlNode link : Nodes.list(service, "links")) {
            String[] parts = Nodes.asText("links", link).split(":", -1);
            String name = parts.length == 2 ? parts[0] : Nodes.asText("links", link);
            result = depend(result, name, true, link);
        }
        for (String space : SPACES) {
            Optional<String> shared = Nodes.text(service, space).filter(text -> text.startsWith(SERVICE));
            if (shared.isPresent()) {
                result = depend(result, shared.get().substring(SERVICE.length()), true, service);
            }
        }
        for (YamlNode from : Nodes.list(service, "volumes_from")) {
            String text = Nodes.asText("volumes_from", from);
            if (!text.startsWith("container:")) {
                result = depend(result, text.split(":", -1)[0], false, from);
            }
        }
        return result;
    }

    private static Mapping depend(Mapping dependencies, String name, boolean restart, YamlNode like) {
        if (dependencies.entries().containsKey(name)) {
            return dependencies;
        }
        return dependencies.with(name, Canonical.dependency(like).with("restart", Trees.flag(restart, like)));
    }

    /** The network that nobody names is there as soon as somebody is on it. */
    private static Mapping withNetwork(Mapping root) {
        Mapping networks = Trees.child(root, "networks").orElse(Mapping.empty(root.at()));
        boolean used = Workloads.KINDS.stream()
                .flatMap(kind -> Trees.child(root, kind).stream())
                .flatMap(services -> services.entries().values().stream())
                .anyMatch(service -> service instanceof Mapping mapping
                        && isOnNetworks(mapping)
                        && networks(mapping).entries().containsKey(DEFAULT));
        Mapping all = used && !networks.entries().containsKey(DEFAULT)
                ? networks.with(DEFAULT, Trees.nothing(root))
                : networks;
        return all.entries().isEmpty() ? root : root.with("networks", all);
    }

    private YamlNode named(YamlNode node, String key) {
        Mapping resource = node instanceof Mapping mapping ? mapping : Mapping.empty(node.at());
        if (resource.get("name").isPresent()) {
            return resource;
        }
        boolean external =
                Nodes.text(resource, "external").filter("true"::equals).isPresent();
        return resource.with("name", Trees.string(external ? key : project + "_" + key, resource));
    }
}
