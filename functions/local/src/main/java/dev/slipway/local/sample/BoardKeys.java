package dev.slipway.local.sample;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** SmartBoard's Redis: sessions, caches, who is there, the stream that browsers hear, and BullMQ's queues. */
final class BoardKeys {
    /** Long enough for a migration, short enough to be a session. */
    private static final Duration SHORTEST = Duration.ofDays(2);

    private static final long EPOCH = 1_756_700_000_000L;
    private static final int STREAM_ENTRIES = 200;

    private final int keys;
    private final BoardSizes sizes;

    BoardKeys(int keys, BoardSizes sizes) {
        this.keys = keys;
        this.sizes = sizes;
    }

    void writeTo(SampleKeys.Sink sink) throws IOException {
        Draw draw = new Draw("board");
        queue(sink, "datasets", draw);
        waiting(sink, draw);
        stream(sink, "realtime:events", draw);
        for (int key = 0; key < keys; key++) {
            sink.send(command(key, draw));
            if (key % 5 < 3) {
                sink.send(RedisCommand.of("PEXPIRE", nameOf(key), SHORTEST.toMillis() + draw.below(Integer.MAX_VALUE)));
            }
        }
    }

    /** Jobs that are over, under the names that BullMQ gives its keys (docs.bullmq.io/guide/architecture). */
    private void queue(SampleKeys.Sink sink, String queue, Draw draw) throws IOException {
        String prefix = "bull:" + queue + ":";
        sink.send(RedisCommand.of("HSET", prefix + "meta", "opts.maxLenEvents", 10_000, "version", "bullmq:5.12.0"));
        long jobs = Math.min(keys / 5, sizes.datasets());
        for (long job = 1; job <= jobs; job++) {
            String data = "{\"datasetId\":" + job + ",\"object\":\"" + BoardObjects.upload(job) + "\"}";
            sink.send(RedisCommand.of(
                    "HSET",
                    prefix + job,
                    "name",
                    "profile",
                    "data",
                    data,
                    "timestamp",
                    EPOCH + job,
                    "attemptsMade",
                    1));
            sink.send(RedisCommand.of("ZADD", prefix + (draw.onceIn(20) ? "failed" : "completed"), EPOCH + job, job));
        }
        stream(sink, prefix + "events", draw);
    }

    /** A queue whose worker nobody has started: what waits in it, and what is to wait. */
    private static void waiting(SampleKeys.Sink sink, Draw draw) throws IOException {
        for (int job = 1; job <= 50; job++) {
            sink.send(RedisCommand.of("HSET", "bull:reports:" + job, "name", "mail", "data", "{\"to\":" + job + "}"));
            sink.send(
                    draw.onceIn(4)
                            ? RedisCommand.of("ZADD", "bull:reports:delayed", (EPOCH + job) * 4_096, job)
                            : RedisCommand.of("LPUSH", "bull:reports:wait", job));
        }
    }

    private static void stream(SampleKeys.Sink sink, String key, Draw draw) throws IOException {
        for (int entry = 0; entry < STREAM_ENTRIES; entry++) {
            sink.send(RedisCommand.of("XADD", key, EPOCH + entry + "-0", "event", "moved", "body", draw.phrase(3)));
        }
        sink.send(RedisCommand.of("XGROUP", "CREATE", key, "screens", EPOCH + 100 + "-0"));
    }

    private RedisCommand command(int key, Draw draw) {
        String name = nameOf(key);
        return switch (key % 5) {
            case 0, 1 -> RedisCommand.of("SET", name, session(key, draw));
            case 2 -> RedisCommand.of("SET", name, draw.bytes(40 + draw.below(400)));
            case 3 -> RedisCommand.of("HSET", name, "requests", draw.below(9_000), "window", 60, "", draw.bytes(7));
            default ->
                RedisCommand.of("ZADD", name, draw.fraction() * 1e6, "user " + key, EPOCH, "user " + draw.below(99));
        };
    }

    /** The first sessions are those of the users that can be asked for. */
    private static String nameOf(int key) {
        return switch (key % 5) {
            case 0, 1 -> "sess:" + (key / 5 * 2 + key % 5 + 1);
            case 2 -> "cache:dashboard:" + key / 5;
            case 3 -> "limits:" + (key / 5 + 1);
            default -> "presence:" + key / 5;
        };
    }

    private static String session(int key, Draw draw) {
        return "{\"cookie\":{\"path\":\"/\"},\"user\":" + key + ",\"role\":\"" + draw.of(List.of("ADMIN", "VIEWER"))
                + "\"}";
    }
}
