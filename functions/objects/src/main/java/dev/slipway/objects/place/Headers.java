package dev.slipway.objects.place;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an object has besides its content.
 *
 * @param standard the HTTP headers that S3 keeps, by their names in lower case; those that are absent are left out
 * @param metadata a user's own
 */
public record Headers(String contentType, Map<String, String> standard, Map<String, String> metadata) {
    /** Where our copy keeps the content's SHA-256, in hex. */
    public static final String SHA256 = "slipway-sha256";

    public Headers {
        standard = Map.copyOf(standard);
        metadata = Map.copyOf(metadata);
    }

    public static Headers of(String contentType) {
        return new Headers(contentType, Map.of(), Map.of());
    }

    /** What the target's object gets: the same, and the content's digest. */
    public Headers withDigest(String sha256) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(SHA256, sha256);
        return new Headers(contentType, standard, all);
    }

    /** The digest that {@link #withDigest} put there; empty where there is none. */
    public String digest() {
        return metadata.getOrDefault(SHA256, "");
    }
}
