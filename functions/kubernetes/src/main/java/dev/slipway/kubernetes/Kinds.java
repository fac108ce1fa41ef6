package dev.slipway.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/** The kinds of objects that can be ours, as the API calls them. */
final class Kinds {
    static final ResourceDefinitionContext CLAIM =
            kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);

    static final ResourceDefinitionContext NAMESPACE = kind("", "v1", "Namespace", "namespaces", false);

    /** Those within a namespace that hold no data, in the order in which they are deleted: what makes pods first. */
    static final List<ResourceDefinitionContext> WITHIN = List.of(
            kind("eks.amazonaws.com", "v1", "TargetGroupBinding", "targetgroupbindings", true),
            kind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true),
            kind("batch", "v1", "CronJob", "cronjobs", true),
            kind("batch", "v1", "Job", "jobs", true),
            kind("apps", "v1", "Deployment", "deployments", true),
            kind("apps", "v1", "StatefulSet", "statefulsets", true),
            kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true),
            kind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true),
            kind("", "v1", "Service", "services", true),
            kind("", "v1", "ConfigMap", "configmaps", true),
            kind("", "v1", "Secret", "secrets", true),
            kind("", "v1", "LimitRange", "limitranges", true),
            kind("", "v1", "ResourceQuota", "resourcequotas", true),
            kind("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", true),
            kind("rbac.authorization.k8s.io", "v1", "Role", "roles", true),
            kind("", "v1", "ServiceAccount", "serviceaccounts", true));

    /** Those of the whole cluster. */
    static final List<ResourceDefinitionContext> WIDE = List.of(
            kind("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false),
            kind("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false),
            kind("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", false),
            kind("storage.k8s.io", "v1", "StorageClass", "storageclasses", false));

    private Kinds() {}

    private static ResourceDefinitionContext kind(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
