package dev.slipway.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.compose.model.ComposeLoader;
import dev.slipway.compose.model.ComposeProject;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.YamlJson;
import dev.slipway.compose.yaml.YamlWriter;

/** The model of an app's compose files, resolved, as {@code docker compose config} prints it. Its secrets stand in it. */
public final class ComposeConfig {
    private final ComposeProject project;

    private ComposeConfig(ComposeProject project) {
        this.project = project;
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming file, line and column */
    public static ComposeConfig read(ComposeRequest request) {
        return new ComposeConfig(ComposeLoader.load(request, Variables::plain));
    }

    /** A compose file that stands for itself, without the end of its last line. */
    public String yaml() {
        String text = YamlWriter.write(project.printed());
        return text.substring(0, text.length() - 1);
    }

    /** The model itself: a dollar is a dollar. */
    public JsonNode json() {
        return YamlJson.of(project.values());
    }
}
