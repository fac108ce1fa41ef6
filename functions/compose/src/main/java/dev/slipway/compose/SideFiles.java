package dev.slipway.compose;

import dev.slipway.compose.routes.ConfigText;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text files that a service names in the app's folder: what is mounted, its configs, and what its Dockerfile copies. */
final class SideFiles {
    private static final long MOST_BYTES = 256 << 10;
    private static final int MOST_FILES = 40;
    private static final int DEEPEST = 3;
    private static final Pattern FROM =
            Pattern.compile("(?im)^\\s*FROM\\s+(?:--\\S+\\s+)*(\\S+)(?:\\s+AS\\s+(\\S+))?.*$");
    private static final Pattern COPY =
            Pattern.compile("(?im)^\\s*(?:COPY|ADD)\\s+(?!--from)(?:--\\S+\\s+)*(\\S.*\\S)\\s+(/\\S*)\\s*$");
    private static final Pattern COPY_FROM =
            Pattern.compile("(?im)^\\s*COPY\\s+--from=\\S+\\s+(\\S.*\\S)\\s+(/\\S*)\\s*$");

    private final Path folder;
    private final Mapping root;

    SideFiles(Path folder, Mapping root) {
        this.folder = folder;
        this.root = root;
    }

    /**
     * What a Dockerfile comes to.
     *
     * @param base of its last stage
     * @param files that its last stage copies from the folder
     * @param built where its last stage has what an earlier one made
     */
    record Recipe(String base, List<ConfigText> files, List<String> built) {}

    /** Every file that is mounted into the service. */
    List<ConfigText> mounted(Mapping service) {
        List<ConfigText> files = new ArrayList<>();
        Mounts.of(service).stream()
                .filter(Mounts.MountedVolume::bind)
                .forEach(mount -> files.addAll(files(Path.of(mount.source()), mount.target())));
        Nodes.list(service, "configs").stream()
                .filter(Mapping.class::isInstance)
                .forEach(config -> files.addAll(config((Mapping) config)));
        return files;
    }

    private List<ConfigText> config(Mapping use) {
        String name = Nodes.text(use, "source").orElse("");
        String target = Nodes.text(use, "target").orElse("/" + name);
        Mapping config = Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(root, "configs"), name);
        return Nodes.text(config, "content")
                .map(content -> List.of(new ConfigText("configs." + name, target, content.replace("$$", "$"))))
                .or(() -> Nodes.text(config, "file").map(file -> files(Path.of(file), target)))
                .orElse(List.of());
    }

    Optional<Recipe> recipe(Mapping service) {
        Mapping build =
                service.get("build").orElse(null) instanceof Mapping mapping ? mapping : Mapping.empty(service.at());
        Path context = folder.resolve(Nodes.text(build, "context").orElse("")).normalize();
        Path file = context.resolve(Nodes.text(build, "dockerfile").orElse("Dockerfile"))
                .normalize();
        boolean named = Nodes.text(build, "context").isPresent()
                && Nodes.text(build, "dockerfile_inline").isEmpty();
        return named ? text(file).flatMap(text -> recipe(text, context)) : Optional.empty();
    }

    private Optional<Recipe> recipe(String text, Path context) {
        String joined = text.replaceAll("\\\\\\r?\\n", " ");
        List<Matcher> stages = new ArrayList<>();
        Matcher from = FROM.matcher(joined);
        int last = 0;
        while (from.find()) {
            Matcher stage = FROM.matcher(joined);
            stage.find(from.start());
            stages.add(stage);
            last = from.end();
        }
        if (stages.isEmpty()) {
            return Optional.empty();
        }
        String stage = joined.substring(last);
        return Optional.of(new Recipe(
                base(stages),
                copied(stage, context),
                COPY_FROM.matcher(stage).results().map(copy -> copy.group(2)).toList()));
    }

    private static String base(List<Matcher> stages) {
        String base = stages.getLast().group(1);
        for (int i = stages.size() - 1; i >= 0; i--) {
            base = base.equalsIgnoreCase(stages.get(i).group(2)) ? stages.get(i).group(1) : base;
        }
        return base;
    }

    private List<ConfigText> copied(String stage, Path context) {
        List<ConfigText> files = new ArrayList<>();
        COPY.matcher(stage).results().forEach(copy -> {
            for (String source : copy.group(1).split("\\s+", -1)) {
                Path from = context.resolve(source.replaceFirst("^/", "")).normalize();
                String to = copy.group(2);
                boolean into = to.endsWith("/") && Files.isRegularFile(from);
                files.addAll(files(from, into ? to + from.getFileName() : to));
            }
        });
        return files;
    }

    private List<ConfigText> files(Path source, String target) {
        if (!isInside(source)) {
            return List.of();
        }
        if (!Files.isDirectory(source)) {
            return text(source).map(text -> new ConfigText(name(source), target, text)).stream()
                    .toList();
        }
        try (Stream<Path> below = Files.walk(source, DEEPEST)) {
            return below.filter(Files::isRegularFile)
                    .limit(MOST_FILES)
                    .sorted()
                    .flatMap(file -> text(file)
                            .map(text -> new ConfigText(
                                    name(file), target.replaceFirst("/$", "") + "/" + source.relativize(file), text))
                            .stream())
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    /** What is no text is no configuration: it is passed over, as what lies outside is. */
    private Optional<String> text(Path file) {
        try {
            boolean readable = isInside(file) && Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES;
            return readable ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isInside(Path file) {
        return file.normalize().startsWith(folder);
    }

    private String name(Path file) {
        return folder.relativize(file.normalize()).toString();
    }
}
