package dev.slipway.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.compose.kubernetes.KubernetesReader;
import dev.slipway.compose.model.ComposeLoader;
import dev.slipway.compose.model.ComposeProject;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.YamlJson;
import dev.slipway.compose.yaml.YamlWriter;
import dev.slipway.migration.exception.InvalidSpec;
import java.nio.file.Path;

/** The model of an app's compose files, resolved, as {@code docker compose config} prints it. Its secrets stand in it. */
public final class ComposeConfig {
    private final ComposeProject project;

    private ComposeConfig(ComposeProject project) {
        this.project = project;
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming file, line and column */
    public static ComposeConfig read(ComposeRequest request) {
        boolean named = request.files().size() == 1;
        Path place = named ? request.files().getFirst() : request.folder();
        if ((named || !ComposeLoader.finds(request)) && KubernetesReader.isOne(place)) {
            throw new InvalidSpec(
                    "print the compose model of " + place,
                    "it holds Kubernetes manifests",
                    "ask for its plan with 'slipway plan': 'slipway config' prints compose models only");
        }
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
