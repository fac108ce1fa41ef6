package dev.slipway.compose.kubernetes;

import dev.slipway.compose.origin.Tree;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What is mounted into a container, as a compose model writes it. */
final class PodVolumes {
    private final Cluster cluster;
    private final Consumer<Finding> findings;
    private final TreeSet<String> named = new TreeSet<>();

    PodVolumes(Cluster cluster, Consumer<Finding> findings) {
        this.cluster = cluster;
        this.findings = findings;
    }

    /** The volumes that have a name, of all parts so far. */
    List<String> named() {
        return List.copyOf(named);
    }

    List<Mapping> of(PodPart part) {
        Tree tree = new Tree(part.node().at());
        List<Mapping> mounts = new ArrayList<>();
        for (VolumeMount mount : part.container().getVolumeMounts()) {
            String path = Optional.ofNullable(mount.getMountPath()).orElse("").replaceFirst("(?<=.)/+$", "");
            source(part, Optional.ofNullable(mount.getName()).orElse(""), path)
                    .filter(source -> !path.isEmpty())
                    .ifPresent(source -> mounts.add(mount(tree, source, path, mount)));
        }
        return mounts;
    }

    private Mapping mount(Tree tree, Source source, String path, VolumeMount mount) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        entries.put("type", tree.text(source.type()));
        if (!source.name().isEmpty()) {
            entries.put("source", tree.text(source.name()));
        }
        entries.put("target", tree.text(path));
        if (Boolean.TRUE.equals(mount.getReadOnly())) {
            entries.put("read_only", tree.flag(true));
        }
        if (source.type().equals("volume")) {
            named.add(source.name());
        }
        return tree.mapping(entries);
    }

    private record Source(String type, String name) {}

    private Optional<Source> source(PodPart part, String name, String path) {
        Optional<Volume> volume = part.workload().pod().getVolumes().stream()
                .filter(each -> name.equals(each.getName()))
                .findFirst();
        if (volume.isEmpty()) {
            return part.workload().claims().stream()
                    .filter(claim -> claim.getMetadata() != null
                            && name.equals(claim.getMetadata().getName()))
                    .findFirst()
                    .map(claim -> new Source(
                            "volume", name + "-" + part.workload().manifest().name()));
        }
        return source(part, volume.get(), path);
    }

    private Optional<Source> source(PodPart part, Volume volume, String path) {
        if (volume.getPersistentVolumeClaim() != null) {
            return Optional.ofNullable(volume.getPersistentVolumeClaim().getClaimName())
                    .map(this::claimed);
        }
        if (volume.getHostPath() != null) {
            return Optional.ofNullable(volume.getHostPath().getPath())
                    .filter(host -> host.startsWith("/"))
                    .map(host -> new Source("bind", host.replaceFirst("(?<=.)/+$", "")));
        }
        if (volume.getEmptyDir() != null) {
            return Optional.of(new Source("tmpfs", ""));
        }
        if (volume.getConfigMap() != null || volume.getSecret() != null || volume.getProjected() != null) {
            findings.accept(
                    Finding.warning(
                            "service " + part.name(),
                            "the files of " + files(volume) + " are mounted at " + path
                                    + ", which nothing does on the target: put them into the image, or let the app take them from variables"));
            return Optional.empty();
        }
        return volume.getDownwardAPI() != null ? Optional.empty() : Optional.of(new Source("volume", volume.getName()));
    }

    private static String files(Volume volume) {
        return volume.getConfigMap() != null
                ? "the ConfigMap " + volume.getConfigMap().getName()
                : volume.getSecret() != null
                        ? "the Secret " + volume.getSecret().getSecretName()
                        : "the projected volume " + volume.getName();
    }

    /** A claim that is bound to a folder of a node is that folder. */
    private Source claimed(String claim) {
        return cluster.volume(claim)
                .flatMap(PodVolumes::folder)
                .map(path -> new Source("bind", path))
                .orElse(new Source("volume", claim));
    }

    private static Optional<String> folder(PersistentVolumeSpec volume) {
        String path = volume.getHostPath() != null
                ? volume.getHostPath().getPath()
                : volume.getLocal() != null ? volume.getLocal().getPath() : null;
        return Optional.ofNullable(path)
                .filter(text -> text.startsWith("/"))
                .map(text -> text.replaceFirst("(?<=.)/+$", ""));
    }
}
