package dev.slipway.compose.model;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.Optional;
import java.util.function.Function;

/**
 * A compose model, resolved.
 *
 * @param root with the services that are started
 * @param disabled services that belong to profiles only which are not
 * @param variables what has set its variables
 */
public record ComposeProject(
        String name, Mapping root, Mapping disabled, Function<String, Optional<String>> variables) {

    /** The model as Docker Compose prints it. */
    public Mapping printed() {
        return Printed.of(root);
    }

    /** The same as values: a dollar is a dollar, and not the beginning of a variable. */
    public Mapping values() {
        return (Mapping) Printed.plain(printed());
    }

    ComposeProject with(Mapping changed) {
        return new ComposeProject(name, changed, disabled, variables);
    }
}
