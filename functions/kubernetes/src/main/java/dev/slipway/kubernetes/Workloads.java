package dev.slipway.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;

/** What keeps the pods of the app's services running. */
record Workloads(KubernetesClient client, String app) {

    /** As many pods of each as it says itself; one that runs already stays as its scaling has it. */
    List<String> start() {
        return ours().filter(workload -> Readiness.wanted(workload) == 0)
                .filter(workload ->
                        !ClusterRollout.annotation(workload, Marks.COUNT).isEmpty())
                .map(workload -> scale(workload, Integer.parseInt(ClusterRollout.annotation(workload, Marks.COUNT))))
                .toList();
    }

    /** A HorizontalPodAutoscaler leaves one alone that has no pods. */
    List<String> stop() {
        return ours().map(workload -> scale(workload, 0)).toList();
    }

    List<String> unready() {
        return ours().filter(workload -> !Readiness.isReady(workload))
                .map(workload -> workload.getMetadata().getName())
                .toList();
    }

    private Stream<HasMetadata> ours() {
        return Stream.concat(
                client.apps().deployments().inNamespace(app).withLabels(Marks.labels(app)).list().getItems().stream(),
                client.apps().statefulSets().inNamespace(app).withLabels(Marks.labels(app)).list().getItems().stream());
    }

    private String scale(HasMetadata workload, int count) {
        String name = workload.getMetadata().getName();
        if (workload instanceof Deployment) {
            client.apps().deployments().inNamespace(app).withName(name).scale(count);
        } else {
            client.apps().statefulSets().inNamespace(app).withName(name).scale(count);
        }
        return name;
    }
}
