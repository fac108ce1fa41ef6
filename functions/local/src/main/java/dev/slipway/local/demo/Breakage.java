package dev.slipway.local.demo;

import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.exception.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What the demo can break. */
public enum Breakage {
    /** Nothing. */
    NONE,
    /** The target's Postgres dies while it is copied to. */
    COPY,
    /** One byte of one object changes on the target after the copy. */
    VERIFY,
    /** The new side answers with server errors. */
    TARGET_ERRORS,
    /** The account has no capacity for the cache. */
    PROVISION,
    /** The worker that copies Postgres is killed. */
    WORKER_KILLED,
    /** Somebody wants the app back when it has run on the target for a while; its stores follow for that. */
    AFTER_CUTOVER;

    private static final long BYTES_OF_A_ROW = 220;
    private static final long SECONDS_OF_A_COPY = 5;

    /** The kind of that name, as on the command line; no name is none. @throws InvalidInput if there is no such kind */
    static Breakage of(String kind) {
        if (kind.isEmpty()) {
            return NONE;
        }
        return Arrays.stream(values())
                .filter(breakage -> breakage != NONE && breakage.toString().equals(kind))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "break " + kind,
                        "there is no such kind",
                        "use one of copy, verify, target-errors, provision, worker-killed, after-cutover"));
    }

    /** A copy that breaks in its middle has to last some seconds, or it is over before anybody looks. */
    Map<String, CopyPace> paces(SampleData data) {
        if (this != COPY && this != WORKER_KILLED) {
            return Map.of();
        }
        CopyPace slow = new CopyPace(
                CopyPace.DEFAULT.workers(),
                CopyPace.DEFAULT.jobs(),
                Math.max(1, data.rows() * BYTES_OF_A_ROW / SECONDS_OF_A_COPY));
        return Map.of("postgres", slow);
    }

    /** Whether it has a moment where the stores follow, too. */
    boolean appliesToFollowing() {
        return this != VERIFY && this != TARGET_ERRORS;
    }

    /** Whether there is something to go back to only where the stores follow. */
    boolean isLive() {
        return this == AFTER_CUTOVER;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
