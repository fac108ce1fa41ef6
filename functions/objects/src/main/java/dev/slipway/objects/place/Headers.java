package dev.slipway.objects.place;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an object has besides its content.
 *
 * @param standard the HTTP headers that S3 keeps, by their names in lower case; those that are absent are left out
 * @param metadata a user's own; what is not ASCII is written as RFC 2047 has it, as S3 does
 * @param tags by their keys
 */
public record Headers(
        String contentType, Map<String, String> standard, Map<String, String> metadata, Map<String, String> tags) {
    private static final String CONTENT_TYPE = "content-type";
    private static final String METADATA = "x-amz-meta-";
    private static final String ENCODING = "content-encoding";
    private static final List<String> STANDARD = List.of(
            "cache-control",
            "content-disposition",
            ENCODING,
            "content-language",
            "expires",
            "x-amz-website-redirect-location");

    public Headers {
        standard = Map.copyOf(standard);
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
    }

    public Headers(String contentType, Map<String, String> standard, Map<String, String> metadata) {
        this(contentType, standard, metadata, Map.of());
    }

    public static Headers of(String contentType) {
        return new Headers(contentType, Map.of(), Map.of());
    }

    /** @param answer the headers of a store's answer, by names in lower case, each letter a byte */
    static Headers ofAnswer(Map<String, String> answer) {
        Map<String, String> standard = new LinkedHashMap<>();
        for (String name : STANDARD) {
            String value = name.equals(ENCODING) ? withoutFraming(answer.get(name)) : answer.getOrDefault(name, "");
            if (!value.isEmpty()) {
                standard.put(name, mailSafe(value));
            }
        }
        Map<String, String> metadata = new TreeMap<>();
        answer.forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), mailSafe(value));
            }
        });
        return new Headers(answer.getOrDefault(CONTENT_TYPE, ContentTypes.UNKNOWN), standard, metadata);
    }

    public Headers withTags(Map<String, String> wanted) {
        return new Headers(contentType, standard, metadata, wanted);
    }

    /** What a request says that gives them to an object. */
    public Map<String, String> ofRequest() {
        Map<String, String> request = new TreeMap<>(standard);
        request.put(CONTENT_TYPE, contentType);
        metadata.forEach((name, value) -> request.put(METADATA + name, value));
        if (!tags.isEmpty()) {
            request.put("x-amz-tagging", Tagging.header(tags));
        }
        return request;
    }

    /** The framing of an upload, which S3 takes off and other stores keep; a third takes the next upload for framed by it. */
    private static String withoutFraming(@org.jspecify.annotations.Nullable String encoding) {
        return Objects.requireNonNullElse(encoding, "")
                .replaceAll("(^|,)\\s*aws-chunked\\s*(?=,|$)", "")
                .replaceFirst("^,\\s*", "");
    }

    private static String mailSafe(String bytes) {
        if (bytes.chars().allMatch(letter -> letter < 128)) {
            return bytes;
        }
        byte[] text = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text) + "?=";
    }
}
