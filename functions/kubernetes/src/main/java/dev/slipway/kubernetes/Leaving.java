package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells which objects have no place on the target: stores and tools that AWS' services replace, and what only they use. */
final class Leaving {
    /** The groups that every cluster has; objects of others belong to controllers that are not there. */
    private static final Set<String> GROUPS = Set.of(
            "",
            "apps",
            "autoscaling",
            "batch",
            "networking.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "scheduling.k8s.io");

    /** The load balancer's rules are the stack's, as the way in is; storage and its classes are the cluster's. */
    private static final Set<String> NEVER =
            Set.of("Namespace", "Ingress", "IngressClass", "PersistentVolume", "StorageClass", "ServiceAccount");

    private final List<Manifest> running;
    private final Set<String> used = new TreeSet<>();

    /** @param running the workloads that stay, changed already */
    Leaving(List<Manifest> running) {
        this.running = running;
        running.forEach(workload -> workload.pod().ifPresent(this::collect));
        running.forEach(workload -> used.add(workload.kind() + "/" + workload.name()));
    }

    boolean stays(Manifest manifest) {
        if (!GROUPS.contains(manifest.group()) || NEVER.contains(manifest.kind())) {
            return false;
        }
        return switch (manifest.kind()) {
            case "ConfigMap", "Secret", "PersistentVolumeClaim" ->
                used.contains(manifest.kind() + "/" + manifest.name());
            case "Service" -> leadsToPods(manifest);
            case "HorizontalPodAutoscaler" -> {
                JsonNode target = manifest.spec().path("scaleTargetRef");
                yield used.contains(
                        target.path("kind").asText() + "/" + target.path("name").asText());
            }
            case "PodDisruptionBudget" -> selects(manifest.spec().at("/selector/matchLabels"));
            default -> manifest.template().isEmpty();
        };
    }

    private boolean leadsToPods(Manifest service) {
        return selects(service.spec().path("selector"));
    }

    private boolean selects(JsonNode selector) {
        Map<String, String> labels = Manifest.texts(selector);
        return !labels.isEmpty()
                && running.stream()
                        .anyMatch(workload -> workload.podLabels().entrySet().containsAll(labels.entrySet()));
    }

    private void collect(JsonNode node) {
        name(node.path("configMapRef"), "ConfigMap", "name");
        name(node.path("configMapKeyRef"), "ConfigMap", "name");
        name(node.path("configMap"), "ConfigMap", "name");
        name(node.path("secretRef"), "Secret", "name");
        name(node.path("secretKeyRef"), "Secret", "name");
        name(node.path("secret"), "Secret", "secretName");
        name(node.path("secret"), "Secret", "name");
        name(node.path("persistentVolumeClaim"), "PersistentVolumeClaim", "claimName");
        node.forEach(this::collect);
    }

    private void name(JsonNode reference, String kind, String key) {
        if (reference.has(key)) {
            used.add(kind + "/" + reference.path(key).asText());
        }
    }
}
