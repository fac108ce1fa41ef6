package dev.slipway.compose.model;

import dev.slipway.compose.variables.DotEnv;
import dev.slipway.compose.variables.Interpolation;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.Document;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.exception.InvalidSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files of an app, and reads them into one model. */
public final class ComposeLoader {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    private static final List<String> OVERRIDES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    /** What was written before holds the services that are started, whatever their profiles. */
    private static final List<String> EVERY_PROFILE = List.of("*");

    private final ComposeRequest request;
    private final SourceFiles files;
    private final FileLoader loader;
    private final Map<String, String> fromFiles = new LinkedHashMap<>();

    private ComposeLoader(ComposeRequest request) {
        this.request = request;
        this.files = new SourceFiles(request.folder());
        this.loader = new FileLoader(files);
    }

    /**
     * @param variables what stands in the model for the values that it is given
     * @throws InvalidSpec naming file, line and column
     */
    public static ComposeProject load(
            ComposeRequest request, Function<Function<String, Optional<String>>, Variables> variables) {
        return new ComposeLoader(request).load(variables);
    }

    /** Whether compose files are named, or lie in the folder under the names that Docker Compose looks for. */
    public static boolean finds(ComposeRequest request) {
        return !request.files().isEmpty()
                || variables(request).apply("COMPOSE_FILE").isPresent()
                || first(request.folder(), NAMES).isPresent();
    }

    /** What sets the variables of an app: the shell, then {@code .env} or what is named in its place. */
    public static Function<String, Optional<String>> variables(ComposeRequest request) {
        ComposeLoader loader = new ComposeLoader(request);
        loader.readEnvironment();
        return loader::value;
    }

    /**
     * Reads what stands for itself, such as a model that was written before; its variables stay references.
     *
     * @throws InvalidSpec naming file, line and column
     */
    public static ComposeProject loadText(String file, String text) {
        Path folder = Path.of("/");
        Scope scope = new Scope(folder, name -> Optional.empty(), values -> Variables.references(), List.of());
        ComposeLoader composed = new ComposeLoader(ComposeRequest.of(folder));
        Mapping loaded = composed.loader.load(file, text, scope);
        String name = normalized(Nodes.text(loaded, "name").orElse("app"));
        return composed.project(name, loaded, EVERY_PROFILE, scope);
    }

    private ComposeProject project(String name, Mapping loaded, List<String> profiles, Scope scope) {
        if (loaded.entries().isEmpty()) {
            throw loaded.at().invalid("it is empty", "list the app's services under 'services:'");
        }
        Mapping model = Types.of(Normal.of(loaded, name)).with("name", Trees.string(name, loaded));
        ComposeProject project = Profiles.choose(name, model, profiles, scope.values());
        Consistency.check(project);
        return new EnvironmentFiles(files, scope.variables()).resolve(project);
    }

    private ComposeProject load(Function<Function<String, Optional<String>>, Variables> variables) {
        Position asked = new Position(request.folder().toString(), 0);
        readEnvironment();
        List<Path> paths = paths(asked);
        String name = name(paths, asked);
        fromFiles.put("COMPOSE_PROJECT_NAME", name);
        Scope scope = new Scope(request.folder(), this::value, variables, List.of());
        Mapping loaded = loader.load(paths, scope, asked);
        return project(name, loaded, profiles(), scope);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(request.shell().get(name)).or(() -> Optional.ofNullable(fromFiles.get(name)));
    }

    private void readEnvironment() {
        Path own = request.folder().resolve(".env");
        List<Path> named = request.envFiles().isEmpty() && Files.isRegularFile(own) ? List.of(own) : request.envFiles();
        for (Path each : named) {
            String file = files.name(each);
            fromFiles.putAll(DotEnv.read(file, files.read(each, new Position(file, 0)), this::value));
        }
    }

    private List<Path> paths(Position asked) {
        if (!request.files().isEmpty()) {
            return request.files();
        }
        Optional<String> set = value("COMPOSE_FILE");
        if (set.isPresent()) {
            String separator = value("COMPOSE_PATH_SEPARATOR").orElse(":");
            return Stream.of(set.get().split(Pattern.quote(separator), -1))
                    .map(path -> request.folder().resolve(path).normalize())
                    .toList();
        }
        Path main = first(request.folder(), NAMES)
                .orElseThrow(() -> new InvalidSpec(
                        "read the app in " + asked,
                        "the folder holds no compose file",
                        "put one there, named " + String.join(" or ", NAMES)));
        List<Path> paths = new ArrayList<>(List.of(main));
        first(request.folder(), OVERRIDES).ifPresent(paths::add);
        return paths;
    }

    private static Optional<Path> first(Path folder, List<String> names) {
        return names.stream().map(folder::resolve).filter(Files::exists).findFirst();
    }

    private String name(List<Path> paths, Position asked) {
        Optional<String> set = value("COMPOSE_PROJECT_NAME").filter(text -> !text.isEmpty());
        if (set.isPresent()) {
            if (!set.get().matches("[a-z0-9][a-z0-9_-]*")) {
                throw asked.invalid(
                        "COMPOSE_PROJECT_NAME is '" + set.get() + "'",
                        "write it in lower case letters, digits, '-' and '_', with a letter or digit first");
            }
            return set.get();
        }
        Optional<String> written = paths.stream()
                .flatMap(path -> loader.documents(path, asked).stream())
                .map(Document::root)
                .filter(Mapping.class::isInstance)
                .flatMap(root -> ((Mapping) root).get("name").stream())
                .reduce((first, later) -> later)
                .map(this::name);
        Path last = request.folder().getFileName();
        String name = normalized(written.orElse(last == null ? "" : last.toString()));
        if (name.isEmpty()) {
            throw asked.invalid("the project has no name", "write 'name: …' at the top of the compose file");
        }
        return name;
    }

    private String name(YamlNode node) {
        return new Interpolation(node.at(), Variables.plain(this::value))
                .template(Nodes.asText("name", node))
                .plain()
                .orElse("");
    }

    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    }

    private List<String> profiles() {
        return request.profiles().isEmpty()
                ? value("COMPOSE_PROFILES")
                        .map(text -> Stream.of(text.split(",", -1))
                                .map(String::strip)
                                .filter(each -> !each.isEmpty())
                                .toList())
                        .orElse(List.of())
                : request.profiles();
    }
}
