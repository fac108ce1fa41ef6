package dev.slipway.redis.replication;

import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;

/** A server saves its dump file for a replica. One that keeps none by itself would load that at its next start, however old it is then. */
public final class DumpFile {
    private DumpFile() {}

    /** Why there should be none; empty where the server has one anyway, or has an append only file, which it would load instead. */
    public static Optional<String> objection(RedisStore source) {
        try {
            if ("1".equals(source.info("persistence").get("aof_enabled"))) {
                return Optional.empty();
            }
            String times = source.await(source.server(0).configGet("save")).getOrDefault("save", "");
            return times.isBlank()
                    ? Optional.of("it saves nothing by itself, and would keep the file of a replica")
                    : Optional.empty();
        } catch (RedisCommandExecutionException e) {
            return Optional.of("it does not tell whether it saves by itself, or would keep the file of a replica");
        }
    }
}
