package dev.slipway.migration;

import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Artifacts that are JSON documents or text. */
public record JsonArtifacts(Artifacts artifacts) {

    public void write(String key, Object document) {
        try {
            byte[] json = StrictJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
            artifacts.write(key, out -> out.write(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes it, if it is there. */
    public void delete(String key) {
        try {
            artifacts.delete(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it in UTF-8. */
    public void writeText(String key, String text) {
        try {
            artifacts.write(key, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> Optional<T> find(String key, Class<T> type) {
        return bytes(key).map(json -> parse(key, json, type));
    }

    /** @throws InvalidInput if there is no such artifact */
    public <T> T read(String key, Class<T> type) {
        return find(key, type)
                .orElseThrow(() -> new InvalidInput(
                        "read " + artifacts.location(key), "it is not there", "run the step that writes it first"));
    }

    public Optional<String> text(String key) {
        return bytes(key).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    /** Each document whose key starts with the prefix, in the order of the keys. */
    public <T> List<T> all(String prefix, Class<T> type) {
        return keys(prefix).stream().map(key -> read(key, type)).toList();
    }

    /** Of the documents whose key starts with the prefix. */
    public List<String> keys(String prefix) {
        try {
            return artifacts.list(prefix).stream()
                    .filter(key -> key.endsWith(".json"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> bytes(String key) {
        try {
            Optional<InputStream> content = artifacts.read(key);
            if (content.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = content.get()) {
                return Optional.of(in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T parse(String key, byte[] json, Class<T> type) {
        try {
            return StrictJson.mapper().readValue(json, type);
        } catch (IOException e) {
            throw new InvalidInput(
                    "read " + artifacts.location(key),
                    "it is not what this version writes",
                    "start a new execution, which writes it anew",
                    e);
        }
    }
}
