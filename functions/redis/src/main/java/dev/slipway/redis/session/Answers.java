package dev.slipway.redis.session;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers that not every version, service or user is given. */
public final class Answers {
    private Answers() {}

    /** The answer, or empty where there is none or the server refused it. */
    public static <T> Optional<T> allowed(RedisStore store, RedisFuture<T> future) {
        try {
            return Optional.ofNullable(store.await(future));
        } catch (RedisCommandExecutionException e) {
            return Optional.empty();
        }
    }

    public static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    /** Names and values in turn, as RESP2 writes a map. */
    public static Map<String, Object> map(Object answer) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (answer instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(text(name), value));
        } else if (answer instanceof List<?> list) {
            for (int i = 0; i + 1 < list.size(); i += 2) {
                values.put(text(list.get(i)), list.get(i + 1));
            }
        }
        return values;
    }

    public static List<String> texts(List<?> answer) {
        List<String> texts = new ArrayList<>();
        answer.forEach(each -> texts.add(text(each)));
        return texts;
    }
}
