package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects of an app that are ours, in its cluster: put there by server-side apply, found again by their labels. */
final class Applied {
    private static final String MANAGER = "slipway";

    /** A kind of Auto Mode's own, which the client does not know. */
    static final ResourceDefinitionContext BINDING =
            kind("eks.amazonaws.com", "v1", "TargetGroupBinding", "targetgroupbindings");

    /** What can be ours, in the order in which it is deleted: what makes pods first. */
    private static final List<ResourceDefinitionContext> KINDS = List.of(
            BINDING,
            kind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
            kind("batch", "v1", "CronJob", "cronjobs"),
            kind("batch", "v1", "Job", "jobs"),
            kind("apps", "v1", "Deployment", "deployments"),
            kind("apps", "v1", "StatefulSet", "statefulsets"),
            kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
            kind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
            kind("", "v1", "Service", "services"),
            kind("", "v1", "ConfigMap", "configmaps"),
            kind("", "v1", "Secret", "secrets"),
            kind("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
            kind("rbac.authorization.k8s.io", "v1", "Role", "roles"),
            kind("", "v1", "ServiceAccount", "serviceaccounts"));

    private final KubernetesClient client;
    private final String app;
    private final Set<String> put = new HashSet<>();

    Applied(KubernetesClient client, String app) {
        this.client = client;
        this.app = app;
    }

    private static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** Our fields of an object become as they are given; those of others, as the number of pods that a scaling sets, stay. */
    void put(ObjectNode object) {
        String kind = object.path("kind").asText();
        String name = object.at("/metadata/name").asText();
        try {
            resource(object).fieldManager(MANAGER).forceConflicts().serverSideApply();
        } catch (KubernetesClientException e) {
            throw ClusterRollout.failed("apply the " + kind + " " + name, e);
        }
        put.add(kind + "/" + name);
    }

    private Resource<? extends HasMetadata> resource(ObjectNode object) {
        KubernetesSerialization serialization = client.getKubernetesSerialization();
        return object.path("kind").asText().equals(BINDING.getKind())
                ? client.genericKubernetesResources(BINDING)
                        .inNamespace(app)
                        .resource(serialization.convertValue(object, GenericKubernetesResource.class))
                : client.resource(serialization.convertValue(object, HasMetadata.class));
    }

    /** Deletes ours that were not put there now. */
    void deleteOthers() {
        for (ResourceDefinitionContext kind : KINDS) {
            ours(kind).stream()
                    .filter(object -> !put.contains(
                            object.getKind() + "/" + object.getMetadata().getName()))
                    .forEach(object -> delete(kind, object));
        }
    }

    private void delete(ResourceDefinitionContext kind, HasMetadata object) {
        try {
            client.genericKubernetesResources(kind)
                    .inNamespace(app)
                    .withName(object.getMetadata().getName())
                    .delete();
        } catch (KubernetesClientException e) {
            throw ClusterRollout.failed(
                    "delete the " + object.getKind() + " "
                            + object.getMetadata().getName(),
                    e);
        }
    }

    /** What keeps pods running. */
    List<HasMetadata> workloads() {
        List<HasMetadata> workloads = new ArrayList<>();
        workloads.addAll(client.apps()
                .deployments()
                .inNamespace(app)
                .withLabels(labels())
                .list()
                .getItems());
        workloads.addAll(client.apps()
                .statefulSets()
                .inNamespace(app)
                .withLabels(labels())
                .list()
                .getItems());
        return workloads;
    }

    void scaleToZero(HasMetadata workload) {
        String name = workload.getMetadata().getName();
        if (workload.getKind().equals("Deployment")) {
            client.apps().deployments().inNamespace(app).withName(name).scale(0);
        } else {
            client.apps().statefulSets().inNamespace(app).withName(name).scale(0);
        }
    }

    private List<HasMetadata> ours(ResourceDefinitionContext kind) {
        try {
            return new ArrayList<>(client.genericKubernetesResources(kind)
                    .inNamespace(app)
                    .withLabels(labels())
                    .list()
                    .getItems());
        } catch (KubernetesClientException e) {
            throw ClusterRollout.failed("list the app's objects of the kind " + kind.getKind(), e);
        }
    }

    private Map<String, String> labels() {
        return Map.of("app.kubernetes.io/managed-by", MANAGER, "slipway/app", app);
    }
}
