package dev.slipway.compose.kubernetes;

import dev.slipway.compose.origin.Tree;
import dev.slipway.compose.variables.DotEnv;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.compose.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads a kustomization that only gathers and fills in; one that patches is Kustomize's own work. */
final class Kustomization {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final Set<String> READ = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "resources",
            "bases",
            "namespace",
            "images",
            "replicas",
            "configMapGenerator",
            "secretGenerator",
            "generatorOptions",
            "labels",
            "commonLabels",
            "commonAnnotations",
            "sortOptions");

    private final ManifestFiles files;
    private final Path folder;
    private final Mapping root;

    Kustomization(ManifestFiles files, Path file) {
        this.files = files;
        this.folder = Objects.requireNonNull(file.getParent());
        String name = files.name(file);
        this.root = YamlReader.read(name, files.read(file, new Position(name, 0)));
    }

    static Optional<Path> file(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    List<Manifest> read() {
        root.entries().keySet().stream()
                .filter(key -> !READ.contains(key) && root.get(key).isPresent())
                .findFirst()
                .ifPresent(key -> {
                    throw tooMuch(root.at(key), "it uses '" + key + "', which Slipway does not apply");
                });
        List<Manifest> manifests = new ArrayList<>();
        for (String key : List.of("resources", "bases")) {
            Nodes.list(root, key).forEach(entry -> manifests.addAll(resource(entry)));
        }
        Nodes.list(root, "configMapGenerator").forEach(entry -> manifests.add(generated(entry, "ConfigMap", "data")));
        Nodes.list(root, "secretGenerator").forEach(entry -> manifests.add(generated(entry, "Secret", "stringData")));
        return manifests.stream().map(this::changed).toList();
    }

    private RuntimeException tooMuch(Position at, String failed) {
        return at.invalid(
                failed,
                "run 'kustomize build "
                        + Optional.ofNullable(folder.getFileName()).orElse(folder) + " > app.yaml' and name app.yaml");
    }

    private List<Manifest> resource(YamlNode entry) {
        String path = Nodes.asText("resources", entry);
        if (path.contains("://") || path.startsWith("github.com/") || path.contains("?ref=")) {
            throw tooMuch(entry.at(), "it takes a resource from the network, and nothing is fetched");
        }
        return files.resource(folder.resolve(path).normalize(), entry.at());
    }

    private Manifest generated(YamlNode entry, String kind, String key) {
        if (!(entry instanceof Mapping generator)
                || generator.get("behavior").filter(this::isMerge).isPresent()) {
            throw tooMuch(
                    entry.at(), "its generator changes what is generated elsewhere, which Slipway does not apply");
        }
        Tree tree = new Tree(entry.at());
        Map<String, YamlNode> data = new LinkedHashMap<>();
        Nodes.list(generator, "literals").forEach(literal -> {
            String[] pair = Nodes.asText("literals", literal).split("=", 2);
            data.put(pair[0], plain(literal.at(), unquoted(pair.length > 1 ? pair[1] : "")));
        });
        List<YamlNode> envs = new ArrayList<>(Nodes.list(generator, "envs"));
        generator.get("env").ifPresent(envs::add);
        envs.forEach(env ->
                DotEnv.readRaw(text("envs", env)).forEach((name, value) -> data.put(name, plain(env.at(), value))));
        Nodes.list(generator, "files").forEach(each -> {
            String[] pair = Nodes.asText("files", each).split("=", 2);
            Path path = Path.of(pair[pair.length - 1]);
            String name = pair.length > 1 ? pair[0] : String.valueOf(path.getFileName());
            data.put(name, plain(each.at(), files.read(folder.resolve(path).normalize(), each.at())));
        });
        Map<String, YamlNode> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", tree.text("v1"));
        manifest.put("kind", tree.text(kind));
        manifest.put(
                "metadata",
                Mapping.empty(entry.at())
                        .with(
                                "name",
                                plain(entry.at(), Nodes.text(generator, "name").orElse(""))));
        manifest.put(key, tree.mapping(data));
        return Manifest.of(tree.mapping(manifest));
    }

    private boolean isMerge(YamlNode behavior) {
        return !Nodes.asText("behavior", behavior).equals("create");
    }

    private String text(String key, YamlNode path) {
        return files.read(folder.resolve(Nodes.asText(key, path)).normalize(), path.at());
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && (value.matches("(?s)\".*\"") || value.matches("(?s)'.*'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Scalar plain(Position at, String text) {
        return Scalar.string(text, at);
    }

    private Manifest changed(Manifest manifest) {
        Manifest named = Nodes.text(root, "namespace").map(manifest::in).orElse(manifest);
        Mapping node = named.node();
        for (YamlNode image : Nodes.list(root, "images")) {
            if (image instanceof Mapping change) {
                node = (Mapping) images(node, text -> image(text, change));
            }
        }
        for (YamlNode replicas : Nodes.list(root, "replicas")) {
            if (replicas instanceof Mapping change
                    && Nodes.text(change, "name")
                            .filter(manifest.name()::equals)
                            .isPresent()
                    && Workload.isOne(manifest)) {
                Mapping spec = Nodes.mappingOrEmpty(node, "spec");
                node = node.with(
                        "spec",
                        change.get("count")
                                .map(count -> spec.with("replicas", count))
                                .orElse(spec));
            }
        }
        return named.with(node);
    }

    private static YamlNode images(YamlNode node, UnaryOperator<String> change) {
        return switch (node) {
            case Mapping mapping -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, value) -> entries.put(
                                key,
                                key.equals("image") && value instanceof Scalar scalar
                                        ? scalar.withText(change.apply(scalar.text()))
                                        : images(value, change)));
                yield new Mapping(entries, mapping.keys(), mapping.at());
            }
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream()
                                .map(item -> images(item, change))
                                .toList(),
                        sequence.at());
            case Scalar scalar -> scalar;
        };
    }

    private static String image(String image, Mapping change) {
        String repository = image.replaceFirst("@.*$", "").replaceFirst(":[^/:]*$", "");
        if (Nodes.text(change, "name").filter(repository::equals).isEmpty()) {
            return image;
        }
        String name = Nodes.text(change, "newName").orElse(repository);
        return Nodes.text(change, "digest")
                .map(digest -> name + "@" + digest)
                .or(() -> Nodes.text(change, "newTag").map(tag -> name + ":" + tag))
                .orElse(name + image.substring(repository.length()));
    }
}
