package dev.slipway.compose;

import dev.slipway.compose.kubernetes.UploadedManifests;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.compose.model.SourceFiles;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.compose.yaml.YamlWriter;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppSecrets;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads an app from its folder, or from what was uploaded of it. Both give the same app. */
public final class AppFiles {
    private static final String SPEC_FILE = "slipway.yaml";

    private AppFiles() {}

    /** As {@link #readDirectory(Path, Map)}, without any variable of a shell. */
    public static AppBundle readDirectory(Path directory) {
        return readDirectory(directory, Map.of());
    }

    /**
     * Reads the compose files or manifests, {@code slipway.yaml} and {@code .env} of a folder.
     *
     * @param shell variables that go before those of {@code .env}
     * @throws InvalidSpec naming file, line and column
     */
    public static AppBundle readDirectory(Path directory, Map<String, String> shell) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidSpec(
                    "read the app in " + directory,
                    "there is no such folder",
                    "name the folder of its compose file, its slipway.yaml or its manifests");
        }
        return read(new ComposeRequest(directory, List.of(), List.of(), List.of(), shell));
    }

    /**
     * Reads compose files where there are some, otherwise the server that {@code slipway.yaml} lists, otherwise Kubernetes manifests.
     *
     * @throws InvalidSpec naming file, line and column
     */
    public static AppBundle read(ComposeRequest request) {
        return read(request, Optional.empty());
    }

    /**
     * The same as one stage of {@code slipway.yaml} has it; it is called after the app and the stage.
     *
     * @throws InvalidSpec naming file, line and column
     */
    public static AppBundle read(ComposeRequest request, Optional<String> stage) {
        Path specFile = request.folder().resolve(SPEC_FILE);
        String specText = Files.exists(specFile)
                ? new SourceFiles(request.folder()).read(specFile, new Position(SPEC_FILE, 0))
                : "";
        Mapping file = YamlReader.read(SPEC_FILE, specText);
        Spec spec = SpecReader.read(file, stage);
        Mapping staged = Stages.applied(file, stage);
        AppSource source = AppSource.of(request, staged);
        ComposeModel model = source.read();
        String common = spec.app().orElseGet(() -> AppName.after(composeName(model)));
        String name = Stages.nameOf(common, file, stage);
        App app = AppReader.read(name, spec, model);
        return new AppBundle(
                app,
                spec,
                upload(name, model),
                source.uploadedSpec(Stages.text(file, staged, specText), spec),
                secrets(app, model));
    }

    /**
     * Reads what was uploaded. Its variables stay references, so the bundle's secrets are empty.
     *
     * @throws InvalidSpec naming file, line and column
     */
    public static AppBundle readUploaded(String appName, String compose, String specText) {
        Spec spec = SpecReader.read(SPEC_FILE, specText);
        ComposeModel model = ComposeReader.readUploaded("docker-compose.yml", compose);
        return new AppBundle(AppReader.read(appName, spec, model), spec, compose, specText, new AppSecrets(Map.of()));
    }

    /**
     * The app's own manifests as they are uploaded, documents of YAML whose texts are templates without any secret; empty where the app
     * is described in another way.
     *
     * @param bundle what was read of the same request
     * @throws InvalidSpec naming file, line and column
     */
    public static Optional<String> manifests(ComposeRequest request, AppBundle bundle) {
        AppSource source = AppSource.of(request, YamlReader.read(SPEC_FILE, bundle.specText()));
        if (!(source instanceof AppSource.OfCluster cluster)) {
            return Optional.empty();
        }
        Map<String, String> secrets = bundle.secrets().values();
        SecretScrubber scrubber = new SecretScrubber(secrets);
        return Optional.of(UploadedManifests.read(request.folder(), cluster.place(), secrets).stream()
                .map(scrubber::scrub)
                .map(YamlWriter::write)
                .collect(Collectors.joining("---\n")));
    }

    /** As {@link #manifests(ComposeRequest, AppBundle)}, of a folder. */
    public static Optional<String> manifests(Path directory, AppBundle bundle) {
        return manifests(new ComposeRequest(directory, List.of(), List.of(), List.of(), Map.of()), bundle);
    }

    private static String composeName(ComposeModel model) {
        return Nodes.text(model.root(), "name").orElse("");
    }

    private static String upload(String name, ComposeModel model) {
        return YamlWriter.write(Uploaded.add(
                model.root().with("name", Scalar.string(name, model.root().at())),
                model.warnings(),
                model.facts(),
                model.origin()));
    }

    /** What slipway.yaml refers to comes from the same variables as what the compose file does. */
    private static AppSecrets secrets(App app, ComposeModel model) {
        Map<String, String> values = new TreeMap<>(model.secrets().values());
        app.stores().stream()
                .map(AppStore::source)
                .flatMap(Optional::stream)
                .map(SourceUrl::template)
                .flatMap(template -> template.references().stream())
                .forEach(name -> model.variables().apply(name).ifPresent(value -> values.putIfAbsent(name, value)));
        return new AppSecrets(values);
    }
}
