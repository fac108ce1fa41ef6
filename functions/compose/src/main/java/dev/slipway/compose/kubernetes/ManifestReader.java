package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Document;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.compose.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the manifests out of a file: several documents, lists of objects. JSON is YAML. */
final class ManifestReader {
    private static final Pattern MANIFEST = Pattern.compile("(?m)^[\\s{-]*[\"']?apiVersion[\"']?\\s*:");

    private ManifestReader() {}

    /** Whether a text looks as if it held one. */
    static boolean isManifest(String text) {
        return MANIFEST.matcher(text).find();
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming file, line and column */
    static List<Manifest> read(String file, String text) {
        List<Manifest> manifests = new ArrayList<>();
        for (Document document : YamlReader.documents(file, text)) {
            if (!document.root().isNull()) {
                add(document.mapping(), manifests);
            }
        }
        return manifests;
    }

    private static void add(Mapping manifest, List<Manifest> manifests) {
        if (isList(manifest)) {
            for (YamlNode item : Nodes.list(manifest, "items")) {
                if (!(item instanceof Mapping each)) {
                    throw item.at().invalid("an item of the list is " + item.shape(), "write a manifest there");
                }
                add(typed(each, manifest), manifests);
            }
        } else if (!manifest.entries().isEmpty()) {
            manifests.add(Manifest.of(manifest));
        }
    }

    private static boolean isList(Mapping mapping) {
        return Nodes.text(mapping, "kind").filter(kind -> kind.endsWith("List")).isPresent()
                && mapping.entries().get("items") instanceof Sequence;
    }

    /** The items of a {@code ConfigMapList} need not say what they are. */
    private static Mapping typed(Mapping item, Mapping list) {
        String kind = Nodes.text(list, "kind").orElse("").replaceFirst("List$", "");
        if (kind.isEmpty()) {
            return item;
        }
        Mapping named = item.get("kind").isPresent() ? item : item.with("kind", Scalar.string(kind, item.at()));
        return list.get("apiVersion")
                .filter(version -> named.get("apiVersion").isEmpty())
                .map(version -> named.with("apiVersion", version))
                .orElse(named);
    }
}
