package dev.slipway.compose.model;

import dev.slipway.compose.variables.DotEnv;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Takes in the models that a file includes. */
final class Includes {
    private static final List<String> KINDS =
            List.of("services", "jobs", "volumes", "networks", "secrets", "configs", "models");

    private final FileLoader loader;
    private final Scope scope;
    private final Path file;

    Includes(FileLoader loader, Scope scope, Path file) {
        this.loader = loader;
        this.scope = scope;
        this.file = file;
    }

    Mapping apply(Mapping root, List<TreePath> resets) {
        Optional<YamlNode> includes = Trees.entry(root, "include").filter(node -> !node.isNull());
        if (includes.isEmpty()) {
            return root.without("include");
        }
        if (!(includes.get() instanceof Sequence list)) {
            throw includes.get().at().invalid("'include' is no list", "write each file on a line after '-'");
        }
        Mapping result = root;
        for (YamlNode item : list.items()) {
            Mapping include = item instanceof Mapping mapping
                    ? mapping
                    : Mapping.empty(item.at()).with("path", item);
            result = take(model(include), result, resets);
        }
        return result.without("include");
    }

    private Mapping model(Mapping include) {
        List<Path> paths = new ArrayList<>();
        for (YamlNode path : Nodes.list(include, "path")) {
            paths.add(FileLoader.locate(scope.folder(), Nodes.asText("path", path), path.at()));
        }
        Position at = include.at("path");
        if (paths.isEmpty()) {
            throw include.at().invalid("an 'include' names no 'path'", "name a compose file");
        }
        List<Path> led = new ArrayList<>(scope.including());
        led.add(file);
        if (led.contains(paths.getFirst())) {
            throw at.invalid("the file includes itself, by way of others", "break the circle");
        }
        Path folder = Nodes.text(include, "project_directory")
                .map(text -> scope.folder().resolve(text).normalize())
                .orElse(Objects.requireNonNullElse(paths.getFirst().getParent(), scope.folder()));
        return loader.load(paths, new Scope(folder, values(include, folder), scope.shared(), led), at);
    }

    /** What is set outside goes before the files that the include names, or its own {@code .env}. */
    private Function<String, Optional<String>> values(Mapping include, Path folder) {
        Map<String, String> values = new LinkedHashMap<>();
        List<YamlNode> named = Nodes.list(include, "env_file");
        for (YamlNode each : named) {
            String path = Nodes.asText("env_file", each);
            if (!path.equals("/dev/null")) {
                read(scope.folder().resolve(path).normalize(), values, each.at());
            }
        }
        Path own = folder.resolve(".env");
        if (named.isEmpty() && Files.isRegularFile(own)) {
            read(own, values, include.at());
        }
        return name -> scope.values().apply(name).or(() -> Optional.ofNullable(values.get(name)));
    }

    private void read(Path path, Map<String, String> values, Position at) {
        Function<String, Optional<String>> known =
                name -> scope.values().apply(name).or(() -> Optional.ofNullable(values.get(name)));
        values.putAll(DotEnv.read(loader.files().name(path), loader.files().read(path, at), known));
    }

    private static Mapping take(Mapping from, Mapping to, List<TreePath> resets) {
        Mapping result = to;
        for (String kind : KINDS) {
            Optional<Mapping> taken = Trees.child(from, kind);
            if (taken.isPresent()) {
                Mapping there = Trees.child(result, kind)
                        .orElse(Mapping.empty(taken.get().at()));
                result = result.with(kind, take(kind, taken.get(), there, resets));
            }
        }
        return result;
    }

    private static Mapping take(String kind, Mapping from, Mapping to, List<TreePath> resets) {
        Map<String, YamlNode> all = new LinkedHashMap<>(to.entries());
        Map<String, Position> keys = new LinkedHashMap<>(from.keys());
        keys.putAll(to.keys());
        from.entries().forEach((name, node) -> {
            YamlNode there = to.entries().get(name);
            if (there == null || Trees.isSame(there, node)) {
                all.put(name, node);
            } else {
                TreePath place = TreePath.ROOT.next(kind).next(name);
                all.put(name, Merge.merge(Resets.apply(node, place, resets), there, place));
            }
        });
        return new Mapping(all, keys, to.at());
    }
}
