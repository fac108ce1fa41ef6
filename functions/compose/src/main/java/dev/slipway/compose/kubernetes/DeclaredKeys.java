package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lists every key of the manifests, so that the plan can say of each what becomes of it: {@code Deployment.spec.strategy},
 * {@code pod.tolerations}, {@code container.livenessProbe}. Of the values only truth and emptiness are kept: any other may be a secret.
 */
final class DeclaredKeys {
    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers");
    /** Under these every key has a fate of its own. */
    private static final Set<String> DEEPER = Set.of("securityContext", "resources");

    private static final SecretTemplate UNSAID = SecretTemplate.literal("");

    private final Map<String, SecretTemplate> keys = new TreeMap<>();

    /** Of a service: its container and its pod, and for the main one its workload and what stands beside that. */
    static Map<String, SecretTemplate> of(PodPart part, Stream<Manifest> beside) {
        DeclaredKeys declared = new DeclaredKeys();
        declared.add("container.", part.node(), Set.of("name"));
        declared.add("pod.", part.pod(), CONTAINERS);
        if (part.isMain()) {
            declared.workload(part.workload());
            beside.forEach(declared::object);
        }
        return declared.keys;
    }

    /** Of an object of its own: each is listed, and its keys where they are read. */
    static Map<String, SecretTemplate> of(Stream<Manifest> objects, Set<String> read) {
        DeclaredKeys declared = new DeclaredKeys();
        objects.forEach(object -> {
            if (read.contains(object.kind())) {
                declared.object(object);
            } else {
                declared.keys.put(object.kind() + "/" + object.name(), UNSAID);
            }
        });
        return declared.keys;
    }

    private void workload(Workload workload) {
        Manifest manifest = workload.manifest();
        metadata(manifest);
        if (!manifest.kind().equals("Pod")) {
            Mapping spec = Nodes.mappingOrEmpty(manifest.node(), "spec");
            add(manifest.kind() + ".spec.", spec, Set.of("template", "jobTemplate"));
            if (manifest.kind().equals("CronJob")) {
                Mapping job = Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(spec, "jobTemplate"), "spec");
                add("Job.spec.", job, Set.of("template"));
            }
        }
        beside(manifest);
    }

    private void object(Manifest manifest) {
        metadata(manifest);
        add(manifest.kind() + ".spec.", Nodes.mappingOrEmpty(manifest.node(), "spec"), Set.of());
        beside(manifest);
    }

    private void metadata(Manifest manifest) {
        Mapping metadata = Nodes.mappingOrEmpty(manifest.node(), "metadata");
        add("metadata.", metadata, Set.of("name", "generateName"));
    }

    /** What has no spec, such as the data of a ConfigMap. */
    private void beside(Manifest manifest) {
        add(manifest.kind() + ".", manifest.node(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    }

    private void add(String prefix, Mapping node, Set<String> without) {
        node.entries().forEach((key, value) -> {
            if (without.contains(key)) {
                return;
            }
            if (DEEPER.contains(key) && value instanceof Mapping inner) {
                add(prefix + key + ".", inner, Set.of());
            } else {
                keys.put(prefix + key, value(value));
            }
        });
    }

    private static SecretTemplate value(YamlNode value) {
        return switch (value) {
            case Scalar scalar when scalar.type() == ScalarType.BOOLEAN -> SecretTemplate.literal(scalar.text());
            case Scalar scalar -> UNSAID;
            case Sequence sequence -> sequence.items().isEmpty() ? SecretTemplate.literal("[]") : UNSAID;
            case Mapping mapping -> mapping.entries().isEmpty() ? SecretTemplate.literal("{}") : UNSAID;
        };
    }

    static SecretTemplate names(List<String> names) {
        return SecretTemplate.literal(String.join(", ", names));
    }
}
