package dev.slipway.redis.pieces;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What XINFO answers: names and values in turn. */
record Fields(Map<String, Object> values) {

    static Fields of(Object answer) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<?> list = (List<?>) answer;
        for (int i = 0; i + 1 < list.size(); i += 2) {
            Object value = list.get(i + 1);
            if (value != null) {
                values.put(text(Objects.requireNonNull(list.get(i))), value);
            }
        }
        return new Fields(values);
    }

    byte[] bytes(String name) {
        return (byte[]) Objects.requireNonNull(values.get(name), name);
    }

    String text(String name) {
        return text(Objects.requireNonNull(values.get(name), name));
    }

    Optional<String> maybe(String name) {
        return Optional.ofNullable(values.get(name)).map(Fields::text);
    }

    static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
