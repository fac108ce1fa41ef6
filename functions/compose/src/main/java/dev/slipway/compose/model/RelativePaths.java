package dev.slipway.compose.model;

import dev.slipway.compose.yaml.PathTable;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the paths of a model absolute, as seen from the folder of its file. */
final class RelativePaths {
    private final Path folder;
    private final Optional<String> home;
    private final PathTable<Trees.Change> places = new PathTable<>();

    private RelativePaths(Path folder, Optional<String> home) {
        this.folder = folder;
        this.home = home;
        places.below(Workloads.ALL, this::context, "build.context", "build.additional_contexts.*")
                .below(Workloads.ALL, this::file, "build.ssh.*", "extends.file")
                .below(Workloads.CONTAINERS, this::file, "env_file.*.path", "label_file.*")
                .below(Workloads.CONTAINERS, this::mount, "volumes.*")
                .put(this::file, "services.*.develop.watch.*.path", "configs.*.file", "secrets.*.file")
                .put(this::driver, "volumes.*");
    }

    /** @param home what {@code ~} stands for */
    static Mapping resolve(Mapping root, Path folder, Optional<String> home) {
        return (Mapping) new RelativePaths(folder, home).resolve(root, TreePath.ROOT);
    }

    private YamlNode resolve(YamlNode node, TreePath path) {
        return places.find(path)
                .orElse((other, at) -> Trees.below(other, at, this::resolve))
                .of(node, path);
    }

    private YamlNode file(YamlNode node, TreePath path) {
        return switch (node) {
            case Scalar scalar
            when scalar.type() == ScalarType.STRING && !scalar.text().isEmpty() ->
                scalar.withText(absolute(scalar.text()));
            case Scalar scalar -> scalar;
            case Sequence sequence -> Trees.items(sequence, path, this::file);
            case Mapping mapping -> mapping;
        };
    }

    private YamlNode context(YamlNode node, TreePath path) {
        boolean remote = Trees.text(node)
                .filter(text -> text.matches("(?s).*://.*|service:.*|git@.*|github\\.com/.*"))
                .isPresent();
        return remote ? node : file(node, path);
    }

    private YamlNode mount(YamlNode node, TreePath path) {
        if (!(node instanceof Mapping volume)
                || !volume.get("type").flatMap(Trees::text).equals(Optional.of("bind"))) {
            return node;
        }
        YamlNode source = volume.get("source")
                .orElseThrow(() -> volume.at().invalid("a bind mount has no 'source'", "add the path on this machine"));
        return volume.with("source", file(source, path));
    }

    /** A volume of the local driver may be a folder of this machine. */
    private YamlNode driver(YamlNode node, TreePath path) {
        if (!(node instanceof Mapping volume)
                || !volume.get("driver").flatMap(Trees::text).equals(Optional.of("local"))) {
            return node;
        }
        Optional<Mapping> options = Trees.child(volume, "driver_opts");
        boolean bind = options.flatMap(all -> all.get("o")).flatMap(Trees::text).equals(Optional.of("bind"));
        return bind && options.get().get("device").isPresent()
                ? volume.with(
                        "driver_opts",
                        options.get()
                                .with(
                                        "device",
                                        device(options.get().get("device").orElseThrow())))
                : node;
    }

    private YamlNode device(YamlNode node) {
        return node instanceof Scalar scalar ? scalar.withText(absolute(scalar.text())) : node;
    }

    private String absolute(String text) {
        String path = text.equals("~") || text.startsWith("~/") ? home.orElse("~") + text.substring(1) : text;
        if (path.startsWith("${") || FilePaths.isWindows(path)) {
            return path;
        }
        return path.startsWith("/") ? path : folder.resolve(path).normalize().toString();
    }
}
