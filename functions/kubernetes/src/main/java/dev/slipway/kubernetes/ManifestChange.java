package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Changes an app's manifests for its target, as the guides do by hand. Reads nothing but what it is given, so that it can be had
 * without an account.
 *
 * @param images what takes the place of an image, as a template
 */
public record ManifestChange(Plan plan, UnaryOperator<String> images) {
    /** What a cluster writes into an object by itself. */
    private static final List<String> OF_A_CLUSTER =
            List.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "ownerReferences");

    private static final List<String> OF_A_SERVICE = List.of(
            "clusterIP",
            "clusterIPs",
            "externalIPs",
            "loadBalancerIP",
            "loadBalancerClass",
            "loadBalancerSourceRanges",
            "externalTrafficPolicy",
            "healthCheckNodePort",
            "allocateLoadBalancerNodePorts");

    /** With the images of the target's own repositories. */
    public ManifestChange(Plan plan) {
        this(plan, new TargetImages(plan)::of);
    }

    /** @param uploaded as {@code AppFiles.manifests} gives them: YAML whose texts are templates, without any secret */
    public ChangedManifests of(String uploaded) {
        List<Manifest> manifests = Manifest.read(uploaded);
        manifests.forEach(ManifestChange::clean);
        ConfigMaps configMaps = ConfigMaps.of(manifests);
        WorkloadChange workloads = new WorkloadChange(plan, configMaps, images);
        List<Manifest> running = manifests.stream()
                .filter(manifest -> manifest.template().isPresent() && workloads.runs(manifest))
                .toList();
        Map<String, String> accounts = accounts(running);
        running.forEach(workloads::change);
        configMaps.finish();
        Leaving leaving = new Leaving(running);
        List<Manifest> kept = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (running.contains(manifest)) {
                kept.add(manifest);
            } else if (leaving.stays(manifest)) {
                kept.add(changed(manifest, accounts));
            } else if (manifest.is("Service")) {
                store(manifest, manifests).ifPresent(store -> kept.add(Additions.alias(manifest, store)));
            }
        }
        List<Manifest> all = new ArrayList<>(new Additions(plan, kept).all());
        all.addAll(Claims.onTarget(kept, plan.app()));
        all.addAll(kept);
        SchemaJob.of(plan, kept).ifPresent(all::add);
        Map<String, String> namespaces = namespaces(manifests);
        all.forEach(manifest -> own(manifest, namespaces));
        return new ChangedManifests(plan.app(), all);
    }

    private static void clean(Manifest manifest) {
        manifest.node().remove("status");
        OF_A_CLUSTER.forEach(manifest.metadata()::remove);
        if (manifest.metadata().path("annotations") instanceof ObjectNode annotations) {
            annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        }
    }

    private static Manifest changed(Manifest manifest, Map<String, String> accounts) {
        if (manifest.is("Service")) {
            ObjectNode spec = manifest.spec();
            boolean headless = spec.path("clusterIP").asText().equals("None");
            OF_A_SERVICE.forEach(spec::remove);
            spec.put("type", "ClusterIP");
            if (headless) {
                spec.put("clusterIP", "None");
            }
            spec.path("ports").forEach(port -> ((ObjectNode) port).remove("nodePort"));
        }
        manifest.node().path("subjects").forEach(subject -> {
            if (subject instanceof ObjectNode account
                    && accounts.containsKey(subject.path("name").asText())) {
                account.put("name", accounts.get(subject.path("name").asText()));
            }
        });
        return manifest;
    }

    /** What the account of a workload was called, by which roles of the cluster know it, and what it is called now. */
    private static Map<String, String> accounts(List<Manifest> running) {
        Map<String, String> accounts = new TreeMap<>();
        running.forEach(workload -> workload.pod()
                .map(pod -> pod.path("serviceAccountName").asText())
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> accounts.putIfAbsent(name, workload.name())));
        return accounts;
    }

    /** The store whose server a Service led to. */
    private Optional<PlannedStore> store(Manifest service, List<Manifest> manifests) {
        Map<String, String> selector = Manifest.texts(service.spec().path("selector"));
        return plan.stores().stream()
                .filter(store -> !store.instance().isEmpty())
                .filter(store -> manifests.stream()
                        .filter(manifest -> manifest.template().isPresent()
                                && manifest.name().equals(store.name()))
                        .anyMatch(manifest -> !selector.isEmpty()
                                && manifest.podLabels().entrySet().containsAll(selector.entrySet())))
                .findFirst();
    }

    /** Where a name of another object holds its namespace. */
    private Map<String, String> namespaces(List<Manifest> manifests) {
        Map<String, String> namespaces = new TreeMap<>();
        manifests.stream()
                .filter(manifest -> manifest.template().isPresent())
                .map(Manifest::namespace)
                .map(name -> name.isEmpty() ? "default" : name)
                .filter(name -> !name.equals(plan.app()))
                .forEach(name -> namespaces.put("." + name + ".svc", "." + plan.app() + ".svc"));
        return namespaces;
    }

    private void own(Manifest manifest, Map<String, String> namespaces) {
        ObjectNode metadata = manifest.metadata();
        Marks.labels(plan.app()).forEach(metadata.withObjectProperty("labels")::put);
        if (!manifest.is("Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass", "StorageClass")) {
            metadata.put("namespace", plan.app());
        }
        manifest.node().path("subjects").forEach(subject -> {
            if (subject instanceof ObjectNode account
                    && account.path("kind").asText().equals("ServiceAccount")) {
                account.put("namespace", plan.app());
            }
        });
        namespaces.forEach((old, now) -> replace(manifest.node(), old, now));
    }

    private static void replace(JsonNode node, String old, String now) {
        if (node instanceof ObjectNode object) {
            Manifest.texts(object).forEach((key, text) -> {
                if (object.get(key).isTextual() && text.contains(old)) {
                    object.put(key, text.replace(old, now));
                }
            });
        }
        node.forEach(child -> replace(child, old, now));
    }

    /** Text that is no reference to anything. */
    static String plain(String text) {
        return new SecretTemplate(text).plain().orElse(text);
    }
}
