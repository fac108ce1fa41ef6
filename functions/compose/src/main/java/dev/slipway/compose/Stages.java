package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code stages} of {@code slipway.yaml}: the same app moved more than once, e.g. to staging and then to production. What a stage
 * says is laid over the rest of the file: mappings are merged, anything else is replaced. Each is a migration of its own.
 */
final class Stages {
    static final String KEY = "stages";
    private static final String NAME = "[a-z][a-z0-9-]*";

    private Stages() {}

    /**
     * The file as one stage has it, without the stages.
     *
     * @param stage empty: what all stages have in common
     * @throws dev.slipway.migration.exception.InvalidSpec if there is no stage of that name
     */
    static Mapping applied(Mapping file, Optional<String> stage) {
        Mapping common = file.without(KEY);
        return stage.map(name -> laidOver(common, overlay(file, name))).orElse(common);
    }

    /** The app's name in a stage, which may say its own. */
    static String nameOf(String app, Mapping file, Optional<String> stage) {
        return stage.filter(name -> overlay(file, name).get("app").isEmpty())
                .map(name -> AppName.checked(app + "-" + name, file.at(KEY)))
                .orElse(app);
    }

    /** What is uploaded of the file: as it was written where it has no stages, otherwise what they come to. */
    static String text(Mapping file, Mapping applied, String written) {
        return names(file).isEmpty() ? written : YamlWriter.write(applied);
    }

    static Set<String> names(Mapping file) {
        return Nodes.mappingOrEmpty(file, KEY).entries().keySet();
    }

    private static Mapping overlay(Mapping file, String stage) {
        Mapping stages = Nodes.mappingOrEmpty(file, KEY);
        if (!stages.entries().containsKey(stage)) {
            Set<String> known = stages.entries().keySet();
            throw file.at(KEY)
                    .invalid(
                            "there is no stage '" + stage + "'",
                            known.isEmpty()
                                    ? "write its keys below 'stages: {" + stage + ": …}'"
                                    : "its stages are " + String.join(", ", known));
        }
        if (!stage.matches(NAME)) {
            throw stages.at(stage).invalid("a stage is called '" + stage + "'", "use small letters, digits and dashes");
        }
        Mapping overlay = Nodes.mappingOrEmpty(stages, stage);
        if (overlay.entries().containsKey(KEY)) {
            throw overlay.at(KEY).invalid("a stage has stages of its own", "write them side by side");
        }
        return overlay;
    }

    private static Mapping laidOver(Mapping below, Mapping above) {
        Map<String, YamlNode> entries = new LinkedHashMap<>(below.entries());
        Map<String, Position> keys = new LinkedHashMap<>(below.keys());
        keys.putAll(above.keys());
        above.entries()
                .forEach((key, value) -> entries.merge(
                        key,
                        value,
                        (before, after) -> before instanceof Mapping low && after instanceof Mapping high
                                ? laidOver(low, high)
                                : after));
        return new Mapping(entries, keys, below.at());
    }
}
