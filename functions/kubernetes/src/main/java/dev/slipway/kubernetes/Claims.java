package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The app's own claims on the target: Auto Mode brings the driver of EBS and no class that uses it
 * (https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html), so there is one of ours.
 */
final class Claims {
    static final String CLASS = "slipway";

    private Claims() {}

    /** Lets each claim ask for our class, and answers that class; none where nothing claims anything. */
    static List<Manifest> onTarget(List<Manifest> kept, String app) {
        List<ObjectNode> claims = kept.stream().flatMap(Claims::claims).toList();
        claims.forEach(claim -> change(claim, app));
        return claims.isEmpty() ? List.of() : List.of(storageClass());
    }

    private static Stream<ObjectNode> claims(Manifest manifest) {
        return switch (manifest.kind()) {
            case "PersistentVolumeClaim" -> Stream.of(manifest.node());
            case "StatefulSet" ->
                manifest.spec().path("volumeClaimTemplates").valueStream().map(ObjectNode.class::cast);
            default -> Stream.empty();
        };
    }

    /** A volume's name, or what chooses one, is that of the cluster it comes from. */
    private static void change(JsonNode claim, String app) {
        ObjectNode spec = ((ObjectNode) claim).withObjectProperty("spec");
        spec.remove(List.of("volumeName", "selector", "dataSource", "dataSourceRef"));
        spec.put("storageClassName", CLASS);
        Marks.labels(app)
                .forEach(((ObjectNode) claim).withObjectProperty("metadata").withObjectProperty("labels")::put);
    }

    private static Manifest storageClass() {
        Manifest made = Manifest.of("storage.k8s.io/v1", "StorageClass", CLASS);
        made.node().put("provisioner", "ebs.csi.eks.amazonaws.com");
        made.node().put("volumeBindingMode", "WaitForFirstConsumer");
        made.node().put("reclaimPolicy", "Delete");
        made.node().put("allowVolumeExpansion", true);
        made.node().putObject("parameters").put("type", "gp3").put("encrypted", "true");
        return made;
    }
}
