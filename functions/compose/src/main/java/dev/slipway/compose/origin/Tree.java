package dev.slipway.compose.origin;

import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the nodes of a model at the place of what they are made of. */
public record Tree(Position at) {

    public Mapping mapping(Map<String, ? extends YamlNode> entries) {
        return Mapping.of(new LinkedHashMap<>(entries), at);
    }

    public Scalar text(String plain) {
        return Scalar.string(SecretTemplate.literal(plain).text(), at);
    }

    public Scalar text(SecretTemplate template) {
        return Scalar.string(template.text(), at);
    }

    public Scalar number(long number) {
        return new Scalar(Long.toString(number), ScalarType.INTEGER, at);
    }

    public Scalar flag(boolean flag) {
        return new Scalar(Boolean.toString(flag), ScalarType.BOOLEAN, at);
    }

    public Sequence list(List<? extends YamlNode> items) {
        return new Sequence(List.copyOf(items), at);
    }

    public Sequence texts(List<SecretTemplate> words) {
        return list(words.stream().map(this::text).toList());
    }
}
