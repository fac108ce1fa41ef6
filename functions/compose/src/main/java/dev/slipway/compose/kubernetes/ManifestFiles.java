package dev.slipway.compose.kubernetes;

import dev.slipway.compose.model.SourceFiles;
import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.exception.InvalidSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds manifests and reads them: of a file, of a folder, of one that a kustomization describes. */
final class ManifestFiles {
    /** Where manifests lie, if not beside slipway.yaml. */
    private static final List<String> FOLDERS = List.of(
            "k8s",
            "kubernetes",
            "kube",
            "manifests",
            "deploy/k8s",
            "deploy/kubernetes",
            "deploy/manifests",
            "deploy",
            "deployment",
            "deployments");

    private static final String CHART = "Chart.yaml";
    private static final int DEEPEST = 6;
    private static final int MOST_FILES = 2_000;

    private final Path root;
    private final SourceFiles files;
    private final Set<Path> open = new HashSet<>();

    private ManifestFiles(Path root) {
        this.root = root;
        this.files = new SourceFiles(root);
    }

    static boolean isOne(Path place) {
        ManifestFiles files = new ManifestFiles(place);
        return Files.isDirectory(place) ? files.folder(place).isPresent() : files.isManifest(place);
    }

    /** @throws InvalidSpec naming file, line and column */
    static List<Manifest> read(Path root, Path place) {
        ManifestFiles files = new ManifestFiles(root);
        if (!Files.isDirectory(place)) {
            return files.file(place, new Position(place.toString(), 0));
        }
        Path folder = files.folder(place).orElse(place);
        return files.folder(folder, !folder.equals(place));
    }

    private Optional<Path> folder(Path place) {
        if (holdsAny(place, false)) {
            return Optional.of(place);
        }
        return FOLDERS.stream()
                .map(place::resolve)
                .filter(Files::isDirectory)
                .filter(folder -> holdsAny(folder, true))
                .findFirst();
    }

    private boolean holdsAny(Path folder, boolean deep) {
        return isChart(folder)
                || Kustomization.file(folder).isPresent()
                || list(folder, deep).stream().anyMatch(this::isManifest);
    }

    private boolean isManifest(Path file) {
        try {
            return Files.isRegularFile(file)
                    && isYaml(file)
                    && ManifestReader.isManifest(files.read(file, new Position(file.toString(), 0)));
        } catch (InvalidSpec e) {
            // What cannot be read is told when it is read as the one that was named.
            return false;
        }
    }

    private static boolean isYaml(Path file) {
        return file.toString().matches(".*\\.(ya?ml|json)");
    }

    private static boolean isChart(Path folder) {
        return Files.isRegularFile(folder.resolve(CHART));
    }

    /** What a kustomization names: a folder or a file. */
    List<Manifest> resource(Path place, Position at) {
        return Files.isDirectory(place) ? folder(place, false) : file(place, at);
    }

    String read(Path file, Position at) {
        return files.read(file, at);
    }

    String name(Path file) {
        return files.name(file);
    }

    private List<Manifest> folder(Path folder, boolean deep) {
        if (isChart(folder)) {
            throw helm(folder);
        }
        Optional<Path> kustomization = Kustomization.file(folder);
        if (kustomization.isPresent()) {
            Path real = kustomization.get().normalize();
            Position at = new Position(files.name(real), 1);
            if (!open.add(real)) {
                throw at.invalid("it names itself among its resources", "break the circle");
            }
            List<Manifest> manifests = new Kustomization(this, real).read();
            open.remove(real);
            return manifests;
        }
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : list(folder, deep)) {
            String text = files.read(file, new Position(file.toString(), 0));
            if (ManifestReader.isManifest(text)) {
                manifests.addAll(parsed(file, text));
            }
        }
        if (manifests.isEmpty()) {
            throw new InvalidSpec(
                    "read the manifests in " + folder, "there is none", "name the folder of the app's manifests");
        }
        return manifests;
    }

    private InvalidSpec helm(Path folder) {
        return new InvalidSpec(
                "read the app in " + (folder.equals(root) ? folder.toString() : files.name(folder)),
                "it is a Helm chart, whose templates Slipway does not fill in",
                "run 'helm template NAME " + (folder.equals(root) ? "." : files.name(folder))
                        + " > app.yaml' and name app.yaml");
    }

    private List<Manifest> file(Path file, Position at) {
        return parsed(file, files.read(file, at));
    }

    private List<Manifest> parsed(Path file, String text) {
        try {
            return ManifestReader.read(files.name(file), text);
        } catch (InvalidSpec e) {
            if (text.contains("{{")) {
                throw new Position(files.name(file), 0)
                        .invalid(
                                "it is a template, and no manifest yet",
                                "fill it in first, e.g. with 'helm template', and name what that prints",
                                e);
            }
            throw e;
        }
    }

    private List<Path> list(Path folder, boolean deep) {
        try (Stream<Path> found = Files.walk(folder, deep ? DEEPEST : 1)) {
            return found.filter(Files::isRegularFile)
                    .filter(ManifestFiles::isYaml)
                    .filter(file ->
                            !folder.relativize(file).toString().matches("(.*/)?(\\..*|node_modules|templates)/.*"))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidSpec(
                    "read the manifests in " + folder,
                    "the folder cannot be listed (" + e.getClass().getSimpleName() + ")",
                    "allow it to be read",
                    e);
        }
    }
}
