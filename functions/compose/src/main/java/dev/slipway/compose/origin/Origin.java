package dev.slipway.compose.origin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.compose.yaml.YamlJson;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a compose model has no word for, of an app that was described in another way.
 *
 * @param declared every key beside the services, e.g. {@code NetworkPolicy/deny-all}
 * @param services by their name in the model
 */
public record Origin(
        Platform platform,
        List<Route> routes,
        Map<String, SecretTemplate> declared,
        Map<String, ServiceOrigin> services) {
    /** Of an app whose own words are compose's. */
    public static final Origin COMPOSE = new Origin(Platform.COMPOSE, List.of(), Map.of(), Map.of());

    public Origin {
        routes = List.copyOf(routes);
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
        services = Collections.unmodifiableMap(new TreeMap<>(services));
    }

    public ServiceOrigin service(String name) {
        return services.getOrDefault(name, ServiceOrigin.NONE);
    }

    public Mapping toYaml() {
        try {
            return YamlReader.read("origin", StrictJson.mapper().writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec if it is not what {@link #toYaml} writes */
    public static Origin of(Mapping yaml) {
        try {
            return StrictJson.mapper().treeToValue(YamlJson.of(yaml), Origin.class);
        } catch (JsonProcessingException e) {
            throw yaml.at().invalid("it is not what Slipway has written", "upload the app again", e);
        }
    }
}
