package dev.slipway.redis.fence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StrictJson;
import java.util.Map;
import java.util.Optional;

/**
 * What a fence leaves on the server: whose it is and what was there before. It stands in the setting {@code masterauth}, the one free
 * text that every version can change at run time and that a primary does not use: it lives and dies with the setting that stops the
 * writes, and no key is needed.
 *
 * @param id another for each fence, so that one that was lifted and put up again is told from one that stood
 * @param before the settings that the fence changed, as they were
 */
public record FenceMark(String app, int attempt, String id, Map<String, String> before) {
    private static final String PREFIX = "slipway-fence ";
    private static final String KEPT = " in the file";

    public FenceMark {
        before = Map.copyOf(before);
    }

    /** The same fence, of which the server's configuration file tells, too. */
    FenceMark keptInFile() {
        return new FenceMark(app, attempt, id + KEPT, before);
    }

    boolean isKeptInFile() {
        return id.endsWith(KEPT);
    }

    public FenceToken token() {
        return new FenceToken(app, attempt);
    }

    public String text() {
        try {
            return PREFIX + StrictJson.mapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fence's mark is plain text", e);
        }
    }

    /** The mark in the setting's value, or none where the value is a user's own. */
    public static Optional<FenceMark> parse(String setting) {
        if (!setting.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StrictJson.mapper().readValue(setting.substring(PREFIX.length()), FenceMark.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the fence's mark in masterauth is not readable", e);
        }
    }
}
