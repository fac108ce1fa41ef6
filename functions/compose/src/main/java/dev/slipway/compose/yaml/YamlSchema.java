package dev.slipway.compose.yaml;

import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The core schema, with the scalars that Docker Compose knows. */
final class YamlSchema extends CoreSchema {
    @Override
    public ScalarResolver getScalarResolver() {
        return new Scalars();
    }
}
