package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Refuses a model whose parts do not fit together. */
final class Consistency {
    private static final Set<String> TESTS = Set.of("CMD", "CMD-SHELL", "NONE");
    /** What may be said in two places, which must then agree. */
    private static final Map<String, List<String>> TWICE = Map.of(
            "cpus", List.of("limits", "cpus"),
            "mem_limit", List.of("limits", "memory"),
            "mem_reservation", List.of("reservations", "memory"),
            "pids_limit", List.of("limits", "pids"));

    private final ComposeProject project;
    private final Mapping services;

    private Consistency(ComposeProject project) {
        this.project = project;
        this.services = Trees.child(project.root(), "services")
                .orElse(Mapping.empty(project.root().at()));
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming the place */
    static void check(ComposeProject project) {
        new Consistency(project).check();
    }

    private void check() {
        services.entries().forEach((name, node) -> {
            if (node instanceof Mapping service) {
                check(name, service);
            } else {
                throw services.at(name)
                        .invalid("the service '" + name + "' is " + node.shape(), "give it an 'image' or a 'build'");
            }
        });
        Trees.child(project.root(), "secrets").ifPresent(Consistency::checkSecrets);
        new Circles(services).refuse();
    }

    private void check(String name, Mapping service) {
        boolean runs = service.get("image")
                        .flatMap(Trees::text)
                        .filter(text -> !text.isEmpty())
                        .isPresent()
                || service.get("build").isPresent()
                || service.get("provider").isPresent();
        if (!runs) {
            throw services.at(name)
                    .invalid("the service '" + name + "' has neither 'image' nor 'build'", "give it one of them");
        }
        checkNetworks(name, service);
        checkTest(service);
        checkDependencies(name, service);
        checkVolumes(name, service);
        for (String kind : List.of("configs", "secrets")) {
            for (YamlNode mount : Nodes.list(service, kind)) {
                String source = mount instanceof Mapping mapping
                        ? Nodes.text(mapping, "source").orElse("")
                        : "";
                requireDefined(kind, source, mount.at(), name);
            }
        }
        checkBuild(name, service);
        checkScale(name, service);
        TWICE.forEach((key, place) -> checkTwice(name, service, key, place));
    }

    private void requireDefined(String kind, String resource, Position at, String service) {
        boolean defined = Trees.child(project.root(), kind)
                .filter(all -> all.entries().containsKey(resource))
                .isPresent();
        if (!defined) {
            throw at.invalid(
                    "the service '" + service + "' refers to '" + resource + "', which '" + kind + "' does not define",
                    "define it under '" + kind + ":', or correct its name");
        }
    }

    private void checkNetworks(String name, Mapping service) {
        Optional<Mapping> networks = Trees.child(service, "networks");
        if (service.get("network_mode").isPresent()
                && networks.filter(all -> !all.entries().isEmpty()).isPresent()) {
            throw service.at("network_mode")
                    .invalid("the service '" + name + "' has both 'network_mode' and 'networks'", "keep one of them");
        }
        networks.ifPresent(all ->
                all.entries().keySet().forEach(network -> requireDefined("networks", network, all.at(network), name)));
        Nodes.text(service, "network_mode")
                .filter(mode -> mode.startsWith("service:"))
                .map(mode -> mode.substring("service:".length()))
                .filter(other -> !services.entries().containsKey(other))
                .ifPresent(other -> {
                    throw service.at("network_mode")
                            .invalid("there is no service '" + other + "' to share a network with", "correct its name");
                });
    }

    private static void checkTest(Mapping service) {
        Mapping check = Nodes.mappingOrEmpty(service, "healthcheck");
        List<YamlNode> test = Nodes.list(check, "test");
        if (!test.isEmpty() && !TESTS.contains(Nodes.asText("test", test.getFirst()))) {
            throw test.getFirst()
                    .at()
                    .invalid(
                            "the health check begins with '" + Nodes.asText("test", test.getFirst()) + "'",
                            "begin it with CMD, CMD-SHELL or NONE");
        }
    }

    private void checkDependencies(String name, Mapping service) {
        Mapping dependencies = Nodes.mappingOrEmpty(service, "depends_on");
        dependencies.entries().forEach((other, node) -> {
            boolean needed = !(node instanceof Mapping mapping)
                    || Nodes.text(mapping, "required").filter("false"::equals).isEmpty();
            boolean there = services.entries().containsKey(other);
            boolean off = project.disabled().entries().containsKey(other);
            if (!there && !(off && !needed)) {
                throw dependencies
                        .at(other)
                        .invalid(
                                "the service '" + name + "' depends on '" + other + "', which "
                                        + (off ? "belongs to a profile that is not started" : "is not defined"),
                                off
                                        ? "start its profile with --profile, or say 'required: false'"
                                        : "define it, or correct its name");
            }
        });
    }

    private void checkVolumes(String name, Mapping service) {
        Map<String, Position> mounted = new HashMap<>();
        for (YamlNode temporary : Nodes.list(service, "tmpfs")) {
            requireFree(mounted, Nodes.asText("tmpfs", temporary).split(":", 2)[0], temporary.at());
        }
        for (YamlNode node : Nodes.list(service, "volumes")) {
            Mapping volume = (Mapping) node;
            Optional<String> source = Nodes.text(volume, "source").filter(text -> !text.isEmpty());
            if (source.isPresent()
                    && Nodes.text(volume, "type").filter("volume"::equals).isPresent()) {
                requireDefined("volumes", source.get(), volume.at(), name);
            }
            requireFree(mounted, Nodes.text(volume, "target").orElse(""), volume.at());
        }
    }

    private static void requireFree(Map<String, Position> mounted, String target, Position at) {
        Position other = mounted.putIfAbsent(target, at);
        if (other != null) {
            throw at.invalid("something is mounted at " + target + " already (" + other + ")", "keep one of them");
        }
    }

    private void checkBuild(String name, Mapping service) {
        Mapping build = Nodes.mappingOrEmpty(service, "build");
        if (build.get("dockerfile").isPresent()
                && build.get("dockerfile_inline").isPresent()) {
            throw build.at("dockerfile")
                    .invalid(
                            "the service '" + name + "' has both 'dockerfile' and 'dockerfile_inline'",
                            "keep one of them");
        }
        for (YamlNode secret : Nodes.list(build, "secrets")) {
            String source = secret instanceof Mapping mapping
                    ? Nodes.text(mapping, "source").orElse("")
                    : "";
            requireDefined("secrets", source, secret.at(), name);
        }
        Optional<String> platform = Nodes.text(service, "platform");
        List<String> platforms = Nodes.list(build, "platforms").stream()
                .map(each -> Nodes.asText("platforms", each))
                .toList();
        if (platform.isPresent() && !platforms.isEmpty() && !platforms.contains(platform.get())) {
            throw build.at("platforms")
                    .invalid("'build.platforms' has no " + platform.get(), "add the service's own 'platform'");
        }
    }

    private static void checkScale(String name, Mapping service) {
        Optional<String> scale = Nodes.text(service, "scale");
        Mapping deploy = Nodes.mappingOrEmpty(service, "deploy");
        Optional<String> replicas = Nodes.text(deploy, "replicas");
        if (scale.isPresent() && replicas.isPresent() && !scale.equals(replicas)) {
            throw service.at("scale").invalid("'scale' and 'deploy.replicas' differ", "keep one of them");
        }
        Optional<String> count = scale.or(() -> replicas);
        if (count.filter(text -> text.startsWith("-")).isPresent()) {
            throw service.at().invalid("'" + name + "' has fewer than 0 replicas", "write 0 or more");
        }
        if (count.filter(text -> !text.equals("0") && !text.equals("1")).isPresent()
                && service.get("container_name").isPresent()) {
            throw service.at("container_name")
                    .invalid(
                            "'" + name + "' has a 'container_name' and more than one replica",
                            "remove 'container_name'");
        }
    }

    private static void checkTwice(String name, Mapping service, String key, List<String> place) {
        Mapping resources = Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(service, "deploy"), "resources");
        Optional<Mapping> part = Trees.child(resources, place.getFirst());
        Optional<String> here = service.get(key)
                .filter(Scalar.class::isInstance)
                .map(node -> ((Scalar) node).text())
                .filter(text -> !text.equals("0"));
        if (here.isPresent() && part.isPresent() && !here.equals(Nodes.text(part.get(), place.getLast()))) {
            throw service.at(key)
                    .invalid(
                            "'" + key + "' of '" + name + "' and 'deploy.resources." + String.join(".", place)
                                    + "' differ",
                            "keep one of them");
        }
    }

    private static void checkSecrets(Mapping secrets) {
        secrets.entries().forEach((name, node) -> {
            boolean known = node instanceof Mapping secret
                    && (secret.get("file").isPresent()
                            || secret.get("environment").isPresent()
                            || Nodes.text(secret, "external")
                                    .filter("true"::equals)
                                    .isPresent());
            if (!known) {
                throw secrets.at(name)
                        .invalid("the secret '" + name + "' says neither 'file' nor 'environment'", "add one of them");
            }
        });
    }
}
