package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Document;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.compose.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads compose files, one laid over the other, with what they include and extend. */
final class FileLoader {
    private final SourceFiles files;
    private final ComposeSchema schema = new ComposeSchema();

    FileLoader(SourceFiles files) {
        this.files = files;
    }

    SourceFiles files() {
        return files;
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
        String name = files.name(path);
        for (Document document : YamlReader.documents(name, files.read(path, at))) {
            model = lay(document, model, scope, path);
        }
        return model;
    }

    private Mapping lay(Document document, Mapping base, Scope scope, Path path) {
        if (!(document.root() instanceof Mapping written)) {
            throw YamlReader.notAMapping(document.root());
        }
        Mapping own = Interpolated.of(written, scope.variables());
        own = new Includes(this, scope, path).apply(own, document.resets());
        Mapping below = (Mapping) Resets.apply(base, TreePath.ROOT, document.resets());
        own = new Extends(this, scope, path, document.resets()).apply(own);
        Mapping merged = (Mapping) Merge.merge(below, own, TreePath.ROOT);
        merged = Unicity.enforce(merged);
        schema.validate(merged);
        return Unicity.enforce(withoutBlanks(Canonical.of(merged.without("version"))));
    }

    /** A file that another extends: nothing is checked before the whole is known. */
    Part part(Path path, Scope scope, Position at) {
        Mapping services = Mapping.empty(new Position(files.name(path), 1));
        List<TreePath> resets = new ArrayList<>();
        for (Document document : YamlReader.documents(files.name(path), files.read(path, at))) {
            if (!(document.root() instanceof Mapping written)) {
                throw YamlReader.notAMapping(document.root());
            }
            Mapping own = Interpolated.of(written, scope.variables());
            Mapping merged = (Mapping) Merge.merge(services, own, TreePath.ROOT);
            services = Unicity.enforce(Canonical.of(Unicity.enforce(merged)));
            resets.addAll(document.resets());
        }
        Path folder = Objects.requireNonNullElse(path.getParent(), scope.folder());
        return new Part(RelativePaths.resolve(services, folder, scope.home()), resets);
    }

    record Part(Mapping root, List<TreePath> resets) {}

    private static Mapping withoutBlanks(Mapping root) {
        return (Mapping) withoutBlanks(root, TreePath.ROOT);
    }

    private static final TreePath NAME_SERVERS = TreePath.of("services.*.dns");

    private static YamlNode withoutBlanks(YamlNode node, TreePath path) {
        if (path.matches(NAME_SERVERS) && node instanceof Sequence sequence) {
            return new Sequence(
                    sequence.items().stream()
                            .filter(item -> !item.isNull()
                                    && Trees.text(item).filter(String::isEmpty).isEmpty())
                            .toList(),
                    sequence.at());
        }
        return path.parts().size() < 3 ? Trees.below(node, path, FileLoader::withoutBlanks) : node;
    }
}
