package dev.slipway.objects.session;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request about one object, or about the bucket.
 *
 * @param key of the object in its bucket; empty for the bucket
 * @param query names and values as they are, not encoded
 * @param headers names in lower case
 * @param payload the signed word for the body: its SHA-256 in hex, or {@link #UNSIGNED}
 */
public record WireRequest(
        String method,
        String key,
        SortedMap<String, String> query,
        SortedMap<String, String> headers,
        Body body,
        String payload) {
    public static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final Body NOTHING = new Body(0, out -> {});

    /** One about the bucket. */
    public static WireRequest of(String method, Map<String, String> query) {
        return new WireRequest(method, "", new TreeMap<>(query), new TreeMap<>(), NOTHING, UNSIGNED);
    }

    public static WireRequest get(String key, Map<String, String> headers) {
        return get(key, Map.of(), headers);
    }

    public static WireRequest get(String key, Map<String, String> query, Map<String, String> headers) {
        return new WireRequest("GET", key, new TreeMap<>(query), new TreeMap<>(headers), NOTHING, UNSIGNED);
    }

    public static WireRequest head(String key, Map<String, String> headers) {
        return new WireRequest("HEAD", key, new TreeMap<>(), new TreeMap<>(headers), NOTHING, UNSIGNED);
    }

    public static WireRequest put(String key, Map<String, String> query, Map<String, String> headers, Body body) {
        return new WireRequest("PUT", key, new TreeMap<>(query), new TreeMap<>(headers), body, UNSIGNED);
    }

    public static WireRequest post(String key, Map<String, String> query, Map<String, String> headers, Body body) {
        return new WireRequest("POST", key, new TreeMap<>(query), new TreeMap<>(headers), body, UNSIGNED);
    }

    public static WireRequest delete(String key, Map<String, String> query) {
        return new WireRequest("DELETE", key, new TreeMap<>(query), new TreeMap<>(), NOTHING, UNSIGNED);
    }

    boolean hasBody() {
        return method.equals("PUT") || method.equals("POST");
    }

    public WireRequest signedAs(String sha256) {
        return new WireRequest(method, key, query, headers, body, sha256);
    }

    /** What is sent, and how many bytes of it there are. It is written anew for each attempt. */
    public record Body(long length, Content content) {
        public static Body of(byte[] bytes) {
            return new Body(bytes.length, out -> out.write(bytes));
        }
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
