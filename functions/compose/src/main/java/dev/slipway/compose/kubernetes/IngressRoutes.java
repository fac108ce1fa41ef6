package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.Route;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads Ingresses as routes: exact paths first, then the longer before the shorter, as a cluster does. */
final class IngressRoutes {
    private static final String REWRITE = "nginx.ingress.kubernetes.io/rewrite-target";

    private final Cluster cluster;
    private final List<PodPart> parts;
    private final Consumer<Finding> findings;
    private final List<Ranked> routes = new ArrayList<>();

    private record Ranked(Route route, boolean last, boolean exact) {
        int weight() {
            return route.path().length();
        }
    }

    private IngressRoutes(Cluster cluster, List<PodPart> parts, Consumer<Finding> findings) {
        this.cluster = cluster;
        this.parts = parts;
        this.findings = findings;
    }

    static List<Route> of(Cluster cluster, List<PodPart> parts, Consumer<Finding> findings) {
        IngressRoutes reader = new IngressRoutes(cluster, parts, findings);
        cluster.ofKind("Ingress")
                .filter(manifest -> manifest.group().equals("networking.k8s.io")
                        || manifest.group().equals("extensions"))
                .forEach(reader::add);
        return reader.routes.stream()
                .sorted(Comparator.comparing(Ranked::last)
                        .thenComparing(ranked -> ranked.route().host().isEmpty())
                        .thenComparing(ranked -> ranked.route()
                                .host()
                                .filter(host -> host.startsWith("*"))
                                .isPresent())
                        .thenComparing(ranked -> !ranked.exact())
                        .thenComparing(Comparator.comparingInt(Ranked::weight).reversed()))
                .map(Ranked::route)
                .distinct()
                .toList();
    }

    private void add(Manifest manifest) {
        IngressSpec spec = Models.spec(manifest.with(asV1(manifest.node())), IngressSpec.class);
        spec.getRules().forEach(rule -> add(manifest, rule));
        Optional.ofNullable(spec.getDefaultBackend())
                .ifPresent(backend -> add(manifest, Optional.empty(), "/*", false, backend, true));
        boolean rewrites = Optional.ofNullable(manifest.annotations().get(REWRITE))
                .filter(target -> !target.equals("/") || hasLongerPath(spec))
                .isPresent();
        if (rewrites) {
            findings.accept(
                    Finding.warning(
                            manifest.subject(),
                            "rewrites paths (rewrite-target): the load balancer hands them on as they are, so the services must answer to the whole path"));
        }
    }

    private static boolean hasLongerPath(IngressSpec spec) {
        return spec.getRules().stream()
                .flatMap(rule -> paths(rule).stream())
                .anyMatch(path -> path.getPath() != null && path.getPath().length() > 1);
    }

    private static List<HTTPIngressPath> paths(IngressRule rule) {
        return rule.getHttp() == null ? List.of() : rule.getHttp().getPaths();
    }

    private void add(Manifest manifest, IngressRule rule) {
        Optional<String> host = Optional.ofNullable(rule.getHost()).filter(text -> !text.isBlank());
        for (HTTPIngressPath path : paths(rule)) {
            String written = Optional.ofNullable(path.getPath())
                    .filter(text -> !text.isEmpty())
                    .orElse("/");
            boolean exact = "Exact".equals(path.getPathType());
            String plain = plain(written);
            if (path.getBackend() == null) {
                continue;
            }
            if (!exact && !plain.equals("/")) {
                add(manifest, host, plain.replaceFirst("/$", "") + "/*", false, path.getBackend(), false);
            }
            add(manifest, host, plain.equals("/") && !exact ? "/*" : plain, exact, path.getBackend(), false);
        }
    }

    /** What stands before the first sign of a regular expression, such as {@code /api} of {@code /api(/|$)(.*)}. */
    private static String plain(String path) {
        String text = path.replaceFirst("[(\\[?*^$|\\\\+{].*$", "").replaceFirst("\\.$", "");
        String slash = text.startsWith("/") ? text : "/" + text;
        return slash.length() > 1 ? slash.replaceFirst("/+$", "") : slash;
    }

    private void add(
            Manifest manifest,
            Optional<String> host,
            String path,
            boolean exact,
            IngressBackend backend,
            boolean last) {
        IngressServiceBackend service = backend.getService();
        if (service == null || service.getName() == null) {
            return;
        }
        Optional<PodPart> part = part(manifest, service);
        if (part.isEmpty()) {
            findings.accept(Finding.warning(
                    manifest.subject(),
                    "leads to the Service " + service.getName() + ", behind which none of these files runs anything"));
            return;
        }
        Route route =
                new Route(host, path, part.get().name(), targetPort(manifest, service, part.get()), from(manifest));
        routes.add(new Ranked(route, last, exact));
    }

    private static String from(Manifest manifest) {
        return manifest.subject() + " (" + manifest.at().file() + ":"
                + manifest.at().line() + ")";
    }

    private Optional<PodPart> part(Manifest manifest, IngressServiceBackend backend) {
        Optional<Manifest> service = cluster.service(manifest, backend.getName());
        return service.flatMap(found -> parts.stream()
                .filter(part -> part.list().equals("containers")
                        && cluster.servicesOf(part.workload()).contains(found))
                .filter(part ->
                        part.isMain() || targetPort(manifest, backend, part).isPresent())
                .min(Comparator.comparing(
                        part -> targetPort(manifest, backend, part).isEmpty())));
    }

    private Optional<Integer> targetPort(Manifest manifest, IngressServiceBackend backend, PodPart part) {
        ServiceBackendPort wanted = Optional.ofNullable(backend.getPort()).orElseGet(ServiceBackendPort::new);
        return cluster.service(manifest, backend.getName()).stream()
                .flatMap(service -> cluster.ports(service).stream())
                .filter(port ->
                        (wanted.getNumber() != null && wanted.getNumber().equals(port.getPort()))
                                || (wanted.getName() != null && wanted.getName().equals(port.getName())))
                .flatMap(port -> part.port(target(port)).stream())
                .findFirst();
    }

    /** Where nothing else is said, a service's port is the container's. */
    static IntOrString target(ServicePort port) {
        boolean said = port.getTargetPort() != null
                && (port.getTargetPort().getStrVal() != null
                        || port.getTargetPort().getIntVal() != null);
        return said
                ? port.getTargetPort()
                : new IntOrString(Optional.ofNullable(port.getPort()).orElse(0));
    }

    /** The versions before v1 wrote {@code backend: {serviceName, servicePort}}. */
    private static Mapping asV1(Mapping node) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> entries.put(key, below(key, value)));
        Optional<YamlNode> oldDefault = Optional.ofNullable(entries.get("spec"))
                .filter(Mapping.class::isInstance)
                .flatMap(spec -> ((Mapping) spec).get("backend"));
        if (oldDefault.isPresent() && entries.get("spec") instanceof Mapping spec) {
            entries.put("spec", spec.without("backend").with("defaultBackend", oldDefault.get()));
        }
        return new Mapping(entries, node.keys(), node.at());
    }

    private static YamlNode below(String key, YamlNode value) {
        return switch (value) {
            case Mapping mapping when key.equals("backend") && isOld(mapping) -> modern(mapping);
            case Mapping mapping -> asV1(mapping);
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream().map(item -> below("", item)).toList(), sequence.at());
            case Scalar scalar -> scalar;
        };
    }

    private static boolean isOld(YamlNode backend) {
        return backend instanceof Mapping mapping && mapping.get("serviceName").isPresent();
    }

    private static Mapping modern(Mapping backend) {
        Mapping none = Mapping.empty(backend.at());
        YamlNode name = backend.get("serviceName").orElseThrow();
        Mapping service = none.with("name", name);
        Optional<YamlNode> port = backend.get("servicePort");
        if (port.isPresent()) {
            boolean number = Nodes.asText("servicePort", port.get()).matches("\\d+");
            service = service.with("port", none.with(number ? "number" : "name", port.get()));
        }
        return none.with("service", service);
    }
}
