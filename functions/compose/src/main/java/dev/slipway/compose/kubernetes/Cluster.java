package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Nodes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All objects of an app, and how they find each other. */
final class Cluster {
    private final List<Manifest> manifests;
    private final List<Workload> workloads;
    private final Map<Manifest, ServiceSpec> services = new LinkedHashMap<>();
    private final Map<Manifest, ConfigMap> configMaps = new LinkedHashMap<>();
    private final Map<Manifest, Secret> secrets = new LinkedHashMap<>();
    private final Map<Manifest, PersistentVolumeSpec> volumes = new LinkedHashMap<>();

    private Cluster(List<Manifest> manifests) {
        this.manifests = List.copyOf(manifests);
        this.workloads =
                manifests.stream().filter(Workload::isOne).map(Workload::of).toList();
        core("Service").forEach(each -> services.put(each, Models.spec(each, ServiceSpec.class)));
        core("ConfigMap").forEach(each -> configMaps.put(each, Models.whole(each, ConfigMap.class)));
        core("Secret").forEach(each -> secrets.put(each, Models.whole(each, Secret.class)));
        core("PersistentVolume").forEach(each -> volumes.put(each, Models.spec(each, PersistentVolumeSpec.class)));
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec if an object is there twice or of a wrong shape */
    static Cluster of(List<Manifest> manifests) {
        Map<List<String>, Manifest> seen = new HashMap<>();
        for (Manifest manifest : manifests) {
            Manifest first = seen.putIfAbsent(
                    List.of(manifest.group(), manifest.kind(), manifest.namespace(), manifest.name()), manifest);
            if (first != null) {
                throw manifest.at()
                        .invalid(
                                "the " + manifest.subject() + " stands there twice, first at " + first.at(),
                                "remove one of them, or name the one file or folder that is applied");
            }
        }
        return new Cluster(manifests);
    }

    private Stream<Manifest> core(String kind) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.group().isEmpty());
    }

    Stream<Manifest> ofKind(String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    List<Manifest> manifests() {
        return manifests;
    }

    List<Workload> workloads() {
        return workloads;
    }

    Map<Manifest, ServiceSpec> services() {
        return services;
    }

    /** The services that lead to the pods of a workload. */
    List<Manifest> servicesOf(Workload workload) {
        return services.keySet().stream()
                .filter(service -> selects(service, workload))
                .toList();
    }

    private boolean selects(Manifest service, Workload workload) {
        Map<String, String> selector = spec(service).getSelector();
        return !selector.isEmpty()
                && service.isBeside(workload.manifest())
                && workload.labels().entrySet().containsAll(selector.entrySet());
    }

    ServiceSpec spec(Manifest service) {
        return Optional.ofNullable(services.get(service)).orElseGet(ServiceSpec::new);
    }

    List<ServicePort> ports(Manifest service) {
        return spec(service).getPorts();
    }

    Optional<Manifest> service(Manifest from, String name) {
        return named(services, from, name);
    }

    Optional<Map<String, String>> configMap(Manifest from, String name) {
        return named(configMaps, from, name)
                .flatMap(found -> Optional.ofNullable(configMaps.get(found)))
                .map(ConfigMap::getData);
    }

    Optional<Manifest> secret(Manifest from, String name) {
        return named(secrets, from, name);
    }

    Map<Manifest, Secret> secrets() {
        return secrets;
    }

    /** What a claim is bound to, where that is written. */
    Optional<PersistentVolumeSpec> volume(String claim) {
        return volumes.values().stream()
                .filter(volume -> Optional.ofNullable(volume.getClaimRef())
                        .filter(reference -> claim.equals(reference.getName()))
                        .isPresent())
                .findFirst()
                .or(() -> core("PersistentVolumeClaim")
                        .filter(manifest -> manifest.name().equals(claim))
                        .map(manifest -> Nodes.text(Nodes.mappingOrEmpty(manifest.node(), "spec"), "volumeName"))
                        .flatMap(Optional::stream)
                        .flatMap(name -> volumes.entrySet().stream()
                                .filter(entry -> entry.getKey().name().equals(name))
                                .map(Map.Entry::getValue))
                        .findFirst());
    }

    /** Beside the one that asks; otherwise the only one of that name. */
    private static <T> Optional<Manifest> named(Map<Manifest, T> all, Manifest from, String name) {
        return all.keySet().stream()
                .filter(manifest -> manifest.name().equals(name) && manifest.isBeside(from))
                .findFirst();
    }
}
