package dev.slipway.migration.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.migration.StoreUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A store's URL whose secrets are references, such as {@code postgres://app:${POSTGRES_PASSWORD}@127.0.0.1:5432/shop}. */
public record SourceUrl(SecretTemplate template) {

    @JsonCreator
    public static SourceUrl of(String text) {
        return new SourceUrl(new SecretTemplate(text));
    }

    @JsonValue
    public String text() {
        return template.text();
    }

    /**
     * The URL with its secrets, each percent-encoded.
     *
     * @throws dev.slipway.migration.exception.InvalidInput if a secret is missing or the result is no URL of a store
     */
    public StoreUrl resolve(Map<String, String> secrets) {
        return StoreUrl.parse(template.resolve(secrets, SourceUrl::encode));
    }

    /** A value as it may stand in any part of a URL. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    @Override
    public String toString() {
        return text();
    }
}
