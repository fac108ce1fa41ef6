package dev.slipway.blueprints;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A part of a target as a file, which is a whole CloudFormation template: its parameters are what the assembly fills in, its
 * outputs are what the target tells of it.
 */
record Blueprint(
        String name,
        String description,
        Set<String> parameters,
        Map<String, Object> resources,
        Map<String, Object> outputs) {

    /** Some stand in a target many times: each file is read once. */
    private static final Map<String, Blueprint> READ = new ConcurrentHashMap<>();

    /** @param name of the file, without its end */
    static Blueprint named(String name) {
        return READ.computeIfAbsent(name, Blueprint::read);
    }

    private static Blueprint read(String name) {
        Map<String, Object> file = mapping(BlueprintYaml.read(name, text(name)));
        return new Blueprint(
                name,
                String.valueOf(file.get("Description")),
                section(file, "Parameters").keySet(),
                section(file, "Resources"),
                section(file, "Outputs"));
    }

    /**
     * The part as it stands in a target.
     *
     * @param prefix of its logical ids and outputs
     * @param values of its parameters, each a value or a CloudFormation function
     */
    Piece place(String prefix, Map<String, Object> values) {
        if (!values.keySet().equals(parameters)) {
            throw new IllegalStateException(
                    "the blueprint " + name + " has the parameters " + parameters + ", not " + values.keySet());
        }
        Wiring wiring = new Wiring(prefix, resources.keySet(), values);
        return new Piece(
                renamed(wiring, resources), renamed(wiring, outputs), prefix, name + ".yaml: " + description.strip());
    }

    private static Map<String, Object> renamed(Wiring wiring, Map<String, Object> section) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        section.forEach((name, content) -> renamed.put(wiring.prefix() + name, wiring.wire(content)));
        return renamed;
    }

    private static Map<String, Object> section(Map<String, Object> file, String name) {
        return mapping(file.getOrDefault(name, Map.of()));
    }

    /** YAML's mappings have text as keys: the reader knows no other ones. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> mapping(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "a mapping");
    }

    /** As the reader makes them, which can be added to. */
    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value, "a list");
    }

    private static String text(String name) {
        try (InputStream file = Blueprint.class.getResourceAsStream(name + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException("there is no blueprint " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
