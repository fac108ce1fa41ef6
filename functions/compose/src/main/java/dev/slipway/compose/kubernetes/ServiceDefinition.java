package dev.slipway.compose.kubernetes;

import dev.slipway.compose.origin.Tree;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.SecretTemplate;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a container as a service of a compose model, in its long form. */
final class ServiceDefinition {
    private final Cluster cluster;
    private final PodPart part;
    private final Container container;
    private final Tree tree;
    private final Map<String, YamlNode> entries = new LinkedHashMap<>();

    ServiceDefinition(Cluster cluster, PodPart part) {
        this.cluster = cluster;
        this.part = part;
        this.container = part.container();
        this.tree = new Tree(part.node().at());
    }

    Mapping write(
            ContainerEnvironment environment, List<Mapping> mounts, Optional<HealthCheck> health, List<String> after) {
        entries.put("image", tree.text(image()));
        Map<String, SecretTemplate> variables = environment.read(container);
        put("environment", variables);
        // An image's own entry point is given both, as a cluster's own gives them to none.
        List<String> words = new ArrayList<>(container.getCommand());
        words.addAll(container.getArgs());
        put("command", tree.texts(environment.expanded(words)).items());
        put("ports", published());
        put("expose", exposed());
        put("volumes", mounts);
        health.filter(check -> !check.command().isEmpty()).ifPresent(this::healthcheck);
        deploy();
        entries.putAll(ContainerKeys.of(part, tree));
        dependsOn(after);
        return tree.mapping(entries);
    }

    private String image() {
        return Optional.ofNullable(container.getImage())
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> part.node()
                        .at()
                        .invalid(
                                "a container of the "
                                        + part.workload().manifest().subject() + " has no image",
                                "write it"));
    }

    private void put(String key, Map<String, SecretTemplate> texts) {
        if (!texts.isEmpty()) {
            Map<String, YamlNode> values = new LinkedHashMap<>();
            texts.forEach((name, value) -> values.put(name, tree.text(value)));
            entries.put(key, tree.mapping(values));
        }
    }

    private void put(String key, List<? extends YamlNode> items) {
        if (!items.isEmpty()) {
            entries.put(key, tree.list(items));
        }
    }

    /** Ports that are reached from outside: of a node, of a load balancer, of the container on its node. */
    private List<Mapping> published() {
        Map<Integer, Mapping> ports = new LinkedHashMap<>();
        for (ContainerPort port : container.getPorts()) {
            if (port.getContainerPort() != null && port.getHostPort() != null) {
                ports.put(
                        port.getContainerPort(), port(port.getContainerPort(), port.getHostPort(), port.getProtocol()));
            }
        }
        cluster.servicesOf(part.workload()).stream()
                .map(cluster::spec)
                .forEach(spec -> spec.getPorts()
                        .forEach(port -> outside(spec, port)
                                .ifPresent(number -> part.port(IngressRoutes.target(port))
                                        .ifPresent(target ->
                                                ports.put(target, port(target, number, port.getProtocol()))))));
        return List.copyOf(ports.values());
    }

    private static Optional<Integer> outside(ServiceSpec spec, ServicePort port) {
        return switch (Optional.ofNullable(spec.getType()).orElse("ClusterIP")) {
            case "LoadBalancer" -> Optional.ofNullable(port.getPort());
            case "NodePort" -> Optional.ofNullable(port.getNodePort()).or(() -> Optional.ofNullable(port.getPort()));
            default -> spec.getExternalIPs().isEmpty() ? Optional.empty() : Optional.ofNullable(port.getPort());
        };
    }

    private Mapping port(int target, int published, @Nullable String protocol) {
        Map<String, YamlNode> port = new LinkedHashMap<>();
        port.put("mode", tree.text("ingress"));
        port.put("target", tree.number(checked(target)));
        port.put("published", tree.text(Integer.toString(checked(published))));
        port.put("protocol", tree.text(protocol(protocol)));
        return tree.mapping(port);
    }

    private List<YamlNode> exposed() {
        List<YamlNode> ports = new ArrayList<>();
        container.getPorts().stream()
                .filter(port -> port.getContainerPort() != null)
                .map(port -> exposed(port.getContainerPort(), port.getProtocol()))
                .forEach(ports::add);
        cluster.servicesOf(part.workload()).stream()
                .flatMap(service -> cluster.ports(service).stream())
                .flatMap(port ->
                        part
                                .port(IngressRoutes.target(port))
                                .map(target -> exposed(target, port.getProtocol()))
                                .stream())
                .filter(port -> !ports.contains(port))
                .forEach(ports::add);
        return ports;
    }

    private YamlNode exposed(int port, @Nullable String protocol) {
        String of = protocol(protocol);
        return tree.text(checked(port) + (of.equals("tcp") ? "" : "/" + of));
    }

    private int checked(int port) {
        if (port < 1 || port > 65_535) {
            throw at().invalid(
                            "the port " + port + " of the "
                                    + part.workload().manifest().subject() + " is none",
                            "write a number from 1 to 65535");
        }
        return port;
    }

    private static String protocol(@Nullable String written) {
        return written == null ? "tcp" : written.toLowerCase(Locale.ROOT);
    }

    private void healthcheck(HealthCheck check) {
        Map<String, YamlNode> written = new LinkedHashMap<>();
        written.put("test", tree.texts(check.command()));
        written.put("interval", tree.text(check.intervalSeconds() + "s"));
        written.put("timeout", tree.text(check.timeoutSeconds() + "s"));
        written.put("start_period", tree.text(check.startSeconds() + "s"));
        written.put("retries", tree.number(check.retries()));
        entries.put("healthcheck", tree.mapping(written));
    }

    private void deploy() {
        Map<String, YamlNode> limits = new LinkedHashMap<>();
        amount("cpu", Quantity::getNumericalAmount)
                .ifPresent(cpus ->
                        limits.put("cpus", tree.text(cpus.stripTrailingZeros().toPlainString())));
        amount("memory", Quantity::getAmountInBytes)
                .ifPresent(bytes ->
                        limits.put("memory", tree.text(bytes.toBigInteger().toString())));
        Map<String, YamlNode> deploy = new LinkedHashMap<>();
        if (!limits.isEmpty()) {
            deploy.put("resources", tree.mapping(Map.of("limits", tree.mapping(limits))));
        }
        if (part.isMain() && part.workload().replicas() > 1) {
            deploy.put("replicas", tree.number(part.workload().replicas()));
        }
        if (!deploy.isEmpty()) {
            entries.put("deploy", tree.mapping(deploy));
        }
    }

    /** What the container may use at most, or else what is reserved for it. */
    private Optional<BigDecimal> amount(String name, Function<Quantity, BigDecimal> in) {
        ResourceRequirements resources =
                Optional.ofNullable(container.getResources()).orElseGet(ResourceRequirements::new);
        return Optional.ofNullable(resources.getLimits().get(name))
                .or(() -> Optional.ofNullable(resources.getRequests().get(name)))
                .map(quantity -> amount(name, quantity, in))
                .filter(amount -> amount.signum() > 0);
    }

    private BigDecimal amount(String name, Quantity quantity, Function<Quantity, BigDecimal> in) {
        try {
            return in.apply(quantity);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw at().invalid(
                            "the " + name + " '" + quantity.getAmount() + quantity.getFormat() + "' of the "
                                    + part.workload().manifest().subject() + " cannot be understood",
                            "write e.g. 500m or 512Mi",
                            e);
        }
    }

    private void dependsOn(List<String> names) {
        if (!names.isEmpty()) {
            Map<String, YamlNode> dependencies = new LinkedHashMap<>();
            names.forEach(name -> dependencies.put(
                    name,
                    tree.mapping(Map.of(
                            "condition", tree.text("service_completed_successfully"), "required", tree.flag(true)))));
            entries.put("depends_on", tree.mapping(dependencies));
        }
    }

    private Position at() {
        return part.node().at();
    }
}
