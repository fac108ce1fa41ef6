package dev.slipway.redis.copy;

import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Map;
import java.util.Optional;

/** Tells whether anybody wrote to a server between two moments, by the server's own count of changes. */
record Stillness(Optional<String> changes) {

    static Stillness of(RedisStore store) {
        if (store.isCluster()) {
            return new Stillness(Optional.empty());
        }
        try {
            Map<String, String> persistence = store.info("persistence");
            String count = persistence.get("rdb_changes_since_last_save");
            // A save begins the count anew, and its time is told in seconds.
            String saved = persistence.get("rdb_last_save_time") + " " + persistence.get("rdb_bgsave_in_progress");
            return count == null
                    ? new Stillness(Optional.empty())
                    : new Stillness(Optional.of(store.info("server").get("run_id") + " " + count + " " + saved + " "
                            + store.info("stats").get("evicted_keys")));
        } catch (RedisCommandExecutionException e) {
            return new Stillness(Optional.empty());
        }
    }

    /** As of the moment at which the server began its last save; known if nobody has written since. */
    static Stillness sinceSave(RedisStore store) {
        Stillness now = of(store);
        return now.changes.filter(Stillness::isNoneSinceSave).isPresent() ? now : new Stillness(Optional.empty());
    }

    private static boolean isNoneSinceSave(String changes) {
        return changes.split(" ", -1)[1].equals("0");
    }

    /** Whether nothing was written since; false where that is not known. */
    boolean holds(RedisStore store) {
        return changes.isPresent() && equals(of(store));
    }
}
