package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs an app in its cluster by its changed manifests. Changes and deletes nothing but what it has made there itself. */
public final class ClusterRollout implements Rollout {
    private final KubernetesClient client;
    private final ChangedManifests manifests;
    private final Map<String, String> values;
    private final Pods pods;

    /** @param values of the references in the manifests; they may be secrets, and go nowhere but into the cluster */
    public ClusterRollout(KubernetesClient client, ChangedManifests manifests, Map<String, String> values) {
        this.client = client;
        this.manifests = manifests;
        this.values = Map.copyOf(values);
        this.pods = new Pods(client, manifests.app());
    }

    @Override
    public List<String> start() {
        List<ObjectNode> objects = manifests.resolved(values);
        objects.forEach(ClusterRollout::count);
        Applied applied = new Applied(client, manifests.app());
        objects.forEach(applied::put);
        applied.deleteOthers();
        List<HasMetadata> awaited = applied.workloads().stream()
                .filter(workload -> !Readiness.isReady(workload))
                .toList();
        awaited.forEach(workload -> pods.refuseFailed(workload.getMetadata().getName()));
        return names(awaited);
    }

    @Override
    public List<String> stop() {
        Applied applied = new Applied(client, manifests.app());
        List<HasMetadata> workloads = applied.workloads();
        workloads.forEach(applied::scaleToZero);
        return names(workloads);
    }

    /** Deletes all that was applied, and nothing else; the namespace only where it was made here. */
    public void remove() {
        new Applied(client, manifests.app()).deleteOthers();
    }

    private static List<String> names(List<HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).toList();
    }

    /** The files say none, so that whoever applies them by hand starts nothing before its data is there. */
    private static void count(ObjectNode object) {
        Optional.of(object.at("/metadata/annotations")
                        .path(WorkloadChange.COUNT)
                        .asText())
                .filter(count -> !count.isEmpty())
                .ifPresent(count -> object.withObjectProperty("spec").put("replicas", Integer.parseInt(count)));
    }

    /** What the Kubernetes API answered, in one line and without what was sent. */
    static DeployFailed failed(String tried, KubernetesClientException cause) {
        return new DeployFailed(
                tried,
                "the cluster answered " + cause.getCode() + " ("
                        + Optional.ofNullable(cause.getStatus())
                                .map(status -> status.getReason())
                                .orElse("no reason")
                        + ")",
                "see whether the manifest is right for Kubernetes as the target has it; all stays on the source");
    }
}
