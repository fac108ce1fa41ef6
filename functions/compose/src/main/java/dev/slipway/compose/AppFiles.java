package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Scalar;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppSecrets;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads an app from its folder, or from what was uploaded of it. Both give the same app. */
public final class AppFiles {
    /** The names that Docker Compose looks for, the preferred one first. */
    private static final List<String> COMPOSE_FILES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    private static final String SPEC_FILE = "slipway.yaml";

    private AppFiles() {}

    /** As {@link #readDirectory(Path, Map)}, without any variable of a shell. */
    public static AppBundle readDirectory(Path directory) {
        return readDirectory(directory, Map.of());
    }

    /**
     * Reads the compose file, {@code slipway.yaml} and {@code .env} of a folder.
     *
     * @param shell variables that go before those of {@code .env}
     * @throws InvalidSpec naming file and line
     */
    public static AppBundle readDirectory(Path directory, Map<String, String> shell) {
        DirectoryProject project = new DirectoryProject(directory, shell);
        String composeFile = composeFile(directory, project);
        String composeText = project.readOwn(composeFile).orElse("");
        String specText = project.readOwn(SPEC_FILE).orElse("");
        Spec spec = SpecReader.read(SPEC_FILE, specText);
        ComposeModel model =
                withOverrideWarning(ComposeReader.read(composeFile, composeText, project), composeFile, project);
        String name = name(spec, model, directory);
        App app = AppReader.read(name, spec, model);
        return new AppBundle(app, spec, upload(name, model), specText, secrets(app, model, project));
    }

    /**
     * Reads what was uploaded. Its variables stay references, so the bundle's secrets are empty.
     *
     * @throws InvalidSpec naming file and line
     */
    public static AppBundle readUploaded(String appName, String compose, String specText) {
        Spec spec = SpecReader.read(SPEC_FILE, specText);
        ComposeModel model = ComposeReader.read("docker-compose.yml", compose, Project.uploaded());
        return new AppBundle(AppReader.read(appName, spec, model), spec, compose, specText, new AppSecrets(Map.of()));
    }

    private static String composeFile(Path directory, DirectoryProject project) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidSpec(
                    "read the app in " + directory,
                    "there is no such folder",
                    "name the folder of its docker-compose.yml");
        }
        return COMPOSE_FILES.stream()
                .filter(name -> project.readOwn(name).isPresent())
                .findFirst()
                .orElseThrow(() -> new InvalidSpec(
                        "read the app in " + directory,
                        "the folder holds no compose file",
                        "put one there, named " + String.join(" or ", COMPOSE_FILES)));
    }

    private static ComposeModel withOverrideWarning(ComposeModel model, String file, DirectoryProject project) {
        String override = file.replaceFirst("\\.", ".override.");
        if (project.readOwn(override).isEmpty()) {
            return model;
        }
        List<Finding> warnings = new ArrayList<>(model.warnings());
        warnings.add(Finding.warning(override, "is not read: only what stands in " + file + " is moved"));
        return new ComposeModel(model.root(), model.secrets(), warnings);
    }

    private static String name(Spec spec, ComposeModel model, Path directory) {
        Path last = directory.toAbsolutePath().normalize().getFileName();
        return spec.app()
                .or(() -> Nodes.text(model.root(), "name").map(AppName::after))
                .orElseGet(() -> AppName.after(last == null ? "" : last.toString()));
    }

    private static String upload(String name, ComposeModel model) {
        return YamlWriter.write(UploadedFindings.add(
                model.root().with("name", Scalar.string(name, model.root().at())), model.warnings()));
    }

    /** What slipway.yaml refers to comes from the same variables as what the compose file does. */
    private static AppSecrets secrets(App app, ComposeModel model, DirectoryProject project) {
        Map<String, String> values = new TreeMap<>(model.secrets().values());
        Function<String, Optional<String>> variables = project.variables().orElse(name -> Optional.empty());
        app.stores().stream()
                .map(AppStore::source)
                .flatMap(Optional::stream)
                .map(SourceUrl::template)
                .flatMap(template -> template.references().stream())
                .forEach(name -> variables.apply(name).ifPresent(value -> values.putIfAbsent(name, value)));
        return new AppSecrets(values);
    }
}
