package dev.slipway.kubernetes;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Takes what is ours out of a cluster: pods first, then their volumes where that is asked for, the namespace last. */
record Removing(KubernetesClient client, Applied applied, String app) {
    /** What a cluster puts into each namespace by itself. */
    private static final List<String> OF_THE_CLUSTER = List.of("ConfigMap kube-root-ca.crt", "ServiceAccount default");

    Rollout.Removal remove(boolean volumes) {
        applied.deleteOthers(List.of());
        List<String> awaited = new ArrayList<>(pods());
        if (volumes && awaited.isEmpty()) {
            applied.ours(Kinds.CLAIM).forEach(claim -> applied.delete(Kinds.CLAIM, claim));
            volumes().keySet().forEach(claim -> awaited.add("the volume of " + claim));
        }
        if (awaited.isEmpty()) {
            deleteNamespace();
        }
        return new Rollout.Removal(awaited, volumes ? Map.of() : volumes());
    }

    /** A volume cannot go before them. */
    private List<String> pods() {
        return client.pods().inNamespace(app).withLabel(Marks.SERVICE).list().getItems().stream()
                .map(pod -> "the pod " + pod.getMetadata().getName())
                .toList();
    }

    private Map<String, String> volumes() {
        Map<String, String> volumes = new TreeMap<>();
        List<String> claims = applied.ours(Kinds.CLAIM).stream()
                .map(claim -> claim.getMetadata().getName())
                .toList();
        client.persistentVolumes().list().getItems().stream()
                .filter(volume -> volume.getSpec().getClaimRef() != null)
                .filter(volume -> app.equals(volume.getSpec().getClaimRef().getNamespace()))
                .filter(volume -> isOurs(volume, claims))
                .forEach(volume -> volumes.put(volume.getSpec().getClaimRef().getName(), id(volume)));
        return volumes;
    }

    /** A claim goes before its volume, whose class is ours then. */
    private static boolean isOurs(PersistentVolume volume, List<String> claims) {
        return claims.contains(volume.getSpec().getClaimRef().getName())
                || Claims.CLASS.equals(volume.getSpec().getStorageClassName());
    }

    private static String id(PersistentVolume volume) {
        return volume.getSpec().getCsi() == null
                ? volume.getMetadata().getName()
                : volume.getSpec().getCsi().getVolumeHandle();
    }

    /** Only where it was made here and holds nothing of anybody else's. */
    private void deleteNamespace() {
        applied.find(new Applied.Name(Kinds.NAMESPACE.getKind(), app))
                .filter(applied::isOurs)
                .filter(namespace -> isEmpty())
                .ifPresent(namespace -> applied.delete(Kinds.NAMESPACE, namespace));
    }

    private boolean isEmpty() {
        return Stream.concat(Kinds.WITHIN.stream(), Stream.of(Kinds.CLAIM))
                .flatMap(kind -> applied.all(kind).stream())
                .allMatch(object ->
                        OF_THE_CLUSTER.contains(Applied.Name.of(object).toString()));
    }
}
