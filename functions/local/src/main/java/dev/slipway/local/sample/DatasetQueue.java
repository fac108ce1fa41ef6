package dev.slipway.local.sample;

import io.lettuce.core.LMoveArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** BullMQ's queue of datasets to look into, under the names of its keys (docs.bullmq.io/guide/architecture). */
record DatasetQueue(RedisLink redis) {
    private static final String PREFIX = "bull:datasets:";
    private static final String WAIT = PREFIX + "wait";
    private static final String ACTIVE = PREFIX + "active";
    private static final Duration LOCK = Duration.ofSeconds(10);
    private static final int MOST_EVENTS = 10_000;

    /** A job that was taken: the dataset's number, and the key of its file. */
    record Job(long dataset, String object) {}

    void add(long dataset, String object) {
        commands()
                .hset(
                        PREFIX + dataset,
                        Map.of("name", "profile", "object", object, "data", "{\"datasetId\":" + dataset + "}"));
        commands().lpush(WAIT, Long.toString(dataset));
        tell("added", dataset);
    }

    /** Takes the oldest job; whoever takes it has it for as long as its lock lasts. */
    Optional<Job> take() {
        return Optional.ofNullable(commands().lmove(WAIT, ACTIVE, LMoveArgs.Builder.rightLeft()))
                .map(Long::parseLong)
                .map(dataset -> {
                    commands().set(lock(dataset), "worker", SetArgs.Builder.px(LOCK));
                    return new Job(dataset, commands().hgetall(PREFIX + dataset).getOrDefault("object", ""));
                });
    }

    /** @param where {@code completed} or {@code failed} */
    void finish(Job job, String where) {
        String dataset = Long.toString(job.dataset());
        long now = System.currentTimeMillis();
        commands().hset(PREFIX + dataset, "finishedOn", Long.toString(now));
        commands().zadd(PREFIX + where, (double) now, dataset);
        commands().lrem(ACTIVE, 1, dataset);
        commands().del(lock(job.dataset()));
        tell(where, job.dataset());
    }

    /** Gives back the jobs whose worker has gone: their locks have run out. */
    void returnStalled() {
        for (String dataset : commands().lrange(ACTIVE, 0, -1)) {
            if (commands().exists(lock(Long.parseLong(dataset))) == 0
                    && commands().lrem(ACTIVE, 1, dataset) > 0) {
                commands().rpush(WAIT, dataset);
            }
        }
    }

    private void tell(String event, long dataset) {
        commands()
                .xadd(
                        PREFIX + "events",
                        XAddArgs.Builder.maxlen(MOST_EVENTS).approximateTrimming(),
                        Map.of("event", event, "jobId", Long.toString(dataset)));
    }

    private static String lock(long dataset) {
        return PREFIX + dataset + ":lock";
    }

    private RedisCommands<String, String> commands() {
        return redis.commands();
    }
}
