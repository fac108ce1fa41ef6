package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lays services over those that they extend. */
final class Extends {
    private static final TreePath SERVICE = TreePath.of("services.x");
    private static final int MAX_LED = 100;

    private final FileLoader loader;
    private final Scope scope;
    private final Path file;
    private final List<TreePath> resets;

    Extends(FileLoader loader, Scope scope, Path file, List<TreePath> resets) {
        this.loader = loader;
        this.scope = scope;
        this.file = file;
        this.resets = resets;
    }

    Mapping apply(Mapping root) {
        return Workloads.each(root, (node, path) -> extended(path.last(), siblings(root, path), List.of()));
    }

    private static Mapping siblings(Mapping root, TreePath workload) {
        return Trees.child(root, workload.parts().getFirst()).orElseThrow();
    }

    /** @param led the services that have led to this one */
    private YamlNode extended(String name, Mapping services, List<String> led) {
        YamlNode node = Objects.requireNonNull(services.entries().get(name));
        if (!(node instanceof Mapping service)
                || Trees.entry(service, "extends").isEmpty()) {
            return node;
        }
        YamlNode said = Trees.entry(service, "extends").orElseThrow();
        Optional<String> otherFile = said instanceof Mapping mapping ? Nodes.text(mapping, "file") : Optional.empty();
        String base = base(said);
        String step = otherFile.map(text -> text + "/").orElse(file + "/") + base;
        if (led.contains(step)) {
            throw said.at().invalid("'" + name + "' extends itself, by way of others", "break the circle");
        }
        if (led.size() == MAX_LED) {
            throw said.at()
                    .invalid("'" + name + "' extends another by way of " + MAX_LED + " more", "extend that one itself");
        }
        List<String> further = new ArrayList<>(led);
        further.add(step);
        YamlNode found = otherFile.isPresent()
                ? fromFile(otherFile.get(), base, said.at(), further)
                : here(base, services, said.at(), further);
        if (!(found instanceof Mapping source)) {
            return service.without("extends");
        }
        Mapping below = reset(name, source);
        return ((Mapping) Merge.merge(below, service, SERVICE)).without("extends");
    }

    private static String base(YamlNode said) {
        return switch (said) {
            case Scalar scalar -> scalar.text();
            case Mapping mapping ->
                Nodes.text(mapping, "service")
                        .orElseThrow(() -> said.at().invalid("'extends' names no 'service'", "name it"));
            case YamlNode.Sequence sequence -> throw sequence.at().invalid("'extends' is a list", "name one service");
        };
    }

    private YamlNode here(String base, Mapping services, Position at, List<String> led) {
        if (!services.entries().containsKey(base)) {
            throw at.invalid("there is no service '" + base + "' to extend", "correct its name");
        }
        return extended(base, services, led);
    }

    private YamlNode fromFile(String path, String base, Position at, List<String> led) {
        Path other = FileLoader.locate(Objects.requireNonNullElse(file.getParent(), scope.folder()), path, at);
        FileLoader.Part part = loader.part(other, scope, at);
        Mapping services = Trees.child(part.root(), "services").orElse(Mapping.empty(at));
        if (!services.entries().containsKey(base)) {
            throw at.invalid("there is no service '" + base + "' in " + path, "correct its name");
        }
        return new Extends(loader, scope, other, part.resets()).extended(base, services, led);
    }

    /** What the extending service resets is not taken over. */
    private Mapping reset(String name, Mapping source) {
        Mapping whole = Mapping.empty(source.at())
                .with("services", Mapping.empty(source.at()).with(name, source));
        Mapping left = (Mapping) Resets.apply(whole, TreePath.ROOT, resets);
        return Trees.child(left, "services")
                .flatMap(services -> Trees.child(services, name))
                .orElse(Mapping.empty(source.at()));
    }
}
