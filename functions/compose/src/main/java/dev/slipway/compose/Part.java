package dev.slipway.compose;

import dev.slipway.compose.images.Image;
import dev.slipway.compose.images.Product;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.ServiceKind;
import java.util.Optional;

/**
 * A service of a compose model, and what part it plays.
 *
 * @param image what it runs, or what it is built from
 * @param product empty where it is the app's own
 */
record Part(String name, Mapping definition, Image image, Optional<Product> product, ServiceKind kind) {
    Part as(ServiceKind other) {
        return new Part(name, definition, image, product, other);
    }
}
