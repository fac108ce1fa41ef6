package dev.slipway.redis.copy;

import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;

/** Says in our words that a server refused a command, and what to do. */
public final class RefusedCopy {
    private RefusedCopy() {}

    public static CopyFailed of(String tried, RedisCommandExecutionException e) {
        String said = RedisStore.reason(e);
        return new CopyFailed(tried, "the server answered '" + said + "'", remedy(said), e);
    }

    private static String remedy(String said) {
        if (said.startsWith("OOM")) {
            return "take a larger node for the target";
        }
        if (said.startsWith("NOPERM") && said.contains(" key")) {
            return "give the user the right to all keys (~*)";
        }
        if (said.startsWith("NOPERM")) {
            return "give the user the right to that command";
        }
        if (said.startsWith("READONLY")) {
            return "give the URL of the target's primary: this is a replica";
        }
        if (said.startsWith("MISCONF")) {
            return "make room on the target's disk, or switch its snapshots off";
        }
        return "look into the server's log";
    }
}
