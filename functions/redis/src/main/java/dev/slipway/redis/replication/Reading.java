package dev.slipway.redis.replication;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How a copy reads its source: as its replica does where that may be, otherwise by SCAN. */
public sealed interface Reading {
    /** @param asked whether no other way will do */
    record ByReplication(boolean asked) implements Reading {
        @Override
        public String toString() {
            return "by replication";
        }
    }

    /** @param asked whether that was wished for */
    record ByScan(String because, boolean asked) implements Reading {
        @Override
        public String toString() {
            return "by SCAN (" + because + ")";
        }
    }

    /**
     * By what {@code ?read=} of the source's URL says, and where it says nothing by what the source allows.
     *
     * @param limited whether the source is to be read at a rate: what a replica does not take is held by the server, which cuts it off
     *     when that is too much
     * @throws InvalidInput if {@code ?read=} says something else, or asks for what cannot be
     */
    static Reading of(RedisStore source, boolean limited) {
        Optional<String> asked = asked(source.url());
        if (asked.filter("scan"::equals).isPresent()) {
            return new ByScan("as asked", /* asked= */ true);
        }
        Optional<String> obstacle = limited ? Optional.of("a replica cannot be held to a rate") : Obstacle.of(source);
        if (obstacle.isEmpty() && asked.isEmpty()) {
            obstacle = DumpFile.objection(source);
        }
        return reading(source, asked, obstacle);
    }

    /**
     * How a source is followed: by replication also where that leaves a file behind which its next start would load.
     *
     * @throws InvalidInput if {@code ?read=} says something else, or asks for what cannot be
     */
    static Reading whileFollowing(RedisStore source) {
        Optional<String> asked = asked(source.url());
        if (asked.filter("scan"::equals).isPresent()) {
            return new ByScan("as asked", /* asked= */ true);
        }
        return reading(source, asked, Obstacle.of(source));
    }

    private static Reading reading(RedisStore source, Optional<String> asked, Optional<String> obstacle) {
        if (obstacle.isEmpty()) {
            return new ByReplication(asked.isPresent());
        }
        if (asked.isPresent()) {
            throw new InvalidInput(
                    "read the Redis at " + source.url().host() + ":"
                            + source.url().port(6379) + " by replication",
                    obstacle.get(),
                    "leave ?read=replication out of its URL: then it is read by SCAN");
        }
        return new ByScan(obstacle.get(), /* asked= */ false);
    }

    private static Optional<String> asked(StoreUrl url) {
        Optional<String> asked = url.parameter("read");
        if (asked.isPresent() && !asked.get().matches("scan|replication")) {
            throw new InvalidInput(
                    "read " + url, "its ?read= is '" + asked.get() + "'", "write ?read=scan or ?read=replication");
        }
        return asked;
    }

    /** What stands against it, found out without beginning. */
    final class Obstacle {
        private Obstacle() {}

        public static Optional<String> of(RedisStore source) {
            if (source.isCluster()) {
                return Optional.of("it is a cluster");
            }
            if (ReplicaRight.of(source) == ReplicaRight.REFUSED) {
                return Optional.of("PSYNC is not allowed");
            }
            Map<String, String> info = new HashMap<>();
            try {
                info.putAll(source.info("memory"));
                info.putAll(source.info("persistence"));
                info.putAll(source.info("replication"));
            } catch (RedisCommandExecutionException e) {
                return Optional.of("it does not tell whether it has the memory for it");
            }
            if ("down".equals(info.get("master_link_status"))) {
                return Optional.of("it is a replica that has lost its primary");
            }
            if ("err".equals(info.get("rdb_last_bgsave_status"))) {
                return Optional.of("it failed to save the last time");
            }
            return hasRoom(info) ? Optional.empty() : Optional.of("it has no memory for a process that saves");
        }

        /** That shares the server's memory until the server writes to it: at worst it comes to need as much again. */
        private static boolean hasRoom(Map<String, String> info) {
            long machine = number(info, "total_system_memory");
            return machine == 0 || number(info, "used_memory_rss") + number(info, "used_memory") <= machine;
        }

        private static long number(Map<String, String> info, String name) {
            return Long.parseLong(info.getOrDefault(name, "0"));
        }
    }
}
