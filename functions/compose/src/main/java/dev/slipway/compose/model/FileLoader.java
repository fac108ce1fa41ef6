package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Document;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads compose files, one laid over the other, with what they include and extend. */
final class FileLoader {
    private final SourceFiles files;
    private final Map<Path, List<Document>> trees = new HashMap<>();
    private final Map<Seen, Part> parts = new HashMap<>();

    FileLoader(SourceFiles files) {
        this.files = files;
    }

    SourceFiles files() {
        return files;
    }

    /** What a file holds; it is read and parsed once, however often it is asked for. */
    List<Document> documents(Path path, Position at) {
        return trees.computeIfAbsent(path, file -> YamlReader.documents(files.name(file), files.read(file, at)));
    }

    /**
     * Where a compose file lies that another names.
     *
     * @throws dev.slipway.migration.exception.InvalidSpec if it is on no disk; its address is not told, which may hold a password
     */
    static Path locate(Path folder, String path, Position at) {
        if (FilePaths.isRemote(path)) {
            throw at.invalid("it names a remote file, and nothing is fetched", "fetch that file, and name your copy");
        }
        return folder.resolve(path).normalize();
    }

    /** A text that refers to nothing outside of itself. */
    Mapping load(String name, String text, Scope scope) {
        Mapping model = Mapping.empty(new Position(name, 1));
        for (Document document : YamlReader.documents(name, text)) {
            model = lay(document, model, scope, scope.folder().resolve(name));
        }
        return complete(model, scope);
    }

    /** All files as one, with absolute paths and the specification's defaults. */
    Mapping load(List<Path> paths, Scope scope, Position at) {
        Mapping model = Mapping.empty(new Position(files.name(paths.getFirst()), 1));
        for (Path path : paths) {
            model = lay(path, model, scope, at);
        }
        return complete(model, scope);
    }

    private static Mapping complete(Mapping laid, Scope scope) {
        Mapping model = Defaults.set(laid);
        Checks.check(model);
        return RelativePaths.resolve(model, scope.folder(), scope.home());
    }

    private Mapping lay(Path path, Mapping base, Scope scope, Position at) {
        Mapping model = base;
        for (Document document : documents(path, at)) {
            model = lay(document, model, scope, path);
        }
        return model;
    }

    private Mapping lay(Document document, Mapping base, Scope scope, Path path) {
        Mapping own = new Includes(this, scope, path).apply(interpolated(document, scope), document.resets());
        Mapping below = (Mapping) Resets.apply(base, TreePath.ROOT, document.resets());
        own = new Extends(this, scope, path, document.resets()).apply(own);
        Mapping merged = (Mapping) Merge.merge(below, own, TreePath.ROOT);
        merged = Unicity.enforce(merged);
        ComposeSchema.validate(merged);
        return Unicity.enforce(Canonical.of(merged.without("version")));
    }

    private static Mapping interpolated(Document document, Scope scope) {
        return Interpolated.of(document.mapping(), scope.variables());
    }

    /** A file that another extends: nothing is checked before the whole is known. */
    Part part(Path path, Scope scope, Position at) {
        return parts.computeIfAbsent(new Seen(path, scope), seen -> readPart(path, scope, at));
    }

    private Part readPart(Path path, Scope scope, Position at) {
        Mapping services = Mapping.empty(new Position(files.name(path), 1));
        List<TreePath> resets = new ArrayList<>();
        for (Document document : documents(path, at)) {
            Mapping merged = (Mapping) Merge.merge(services, interpolated(document, scope), TreePath.ROOT);
            services = Unicity.enforce(Canonical.of(Unicity.enforce(merged)));
            resets.addAll(document.resets());
        }
        Path folder = Objects.requireNonNullElse(path.getParent(), scope.folder());
        return new Part(RelativePaths.resolve(services, folder, scope.home()), resets);
    }

    record Part(Mapping root, List<TreePath> resets) {}

    private record Seen(Path file, Scope scope) {}
}
