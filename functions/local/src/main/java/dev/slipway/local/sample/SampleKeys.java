package dev.slipway.local.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sessions, caches, queues and counters of a preschool: keys of every type, over three databases. */
final class SampleKeys {
    /** Long enough for a migration, short enough to be a session. */
    private static final Duration SHORTEST = Duration.ofDays(2);

    private static final List<Integer> DATABASES = List.of(0, 1, 5);
    /** The first keys of the first database, one of each type, are past every limit of the compact encodings. */
    private static final int LARGE = 25;

    private static final long EPOCH = 1_756_700_000_000L;

    private final int keys;
    private final long parents;

    SampleKeys(int keys, long parents) {
        this.keys = keys;
        this.parents = parents;
    }

    /** Takes commands one after the other. */
    @FunctionalInterface
    interface Sink {
        void send(RedisCommand command) throws IOException;
    }

    void writeTo(Sink sink) throws IOException {
        for (int place = 0; place < DATABASES.size(); place++) {
            int database = DATABASES.get(place);
            Draw draw = new Draw("redis " + database);
            sink.send(RedisCommand.of("SELECT", database));
            int first = place == 0 ? 0 : LARGE;
            for (int key = first; key < first + countIn(place); key++) {
                writeKey(key, draw, sink);
            }
        }
    }

    /** Four fifths in the first, an eighth in the second, the rest in the last. */
    private int countIn(int place) {
        return switch (place) {
            case 0 -> keys * 4 / 5;
            case 1 -> keys / 8;
            default -> keys - keys * 4 / 5 - keys / 8;
        };
    }

    private void writeKey(int number, Draw draw, Sink sink) throws IOException {
        byte[] key = nameOf(number, draw);
        for (RedisCommand command : commands(number, key, draw)) {
            sink.send(command);
        }
        if (number % 3 == 0) {
            sink.send(RedisCommand.of("PEXPIRE", key, SHORTEST.toMillis() + draw.below(Integer.MAX_VALUE)));
        }
    }

    /** Every fifth is a parent's session, which the app reads. */
    private List<RedisCommand> commands(int number, byte[] key, Draw draw) {
        return switch (number % 25) {
            case 0, 5, 10, 15, 20 -> List.of(session(key, draw));
            case 1, 2, 3, 4, 6, 7, 8 -> List.of(RedisCommand.of("SET", key, value(number, draw)));
            case 9, 11, 12 -> List.of(fields(number, key, draw));
            case 13, 14 -> List.of(members("RPUSH", number, key, draw));
            case 16, 17 -> List.of(members("SADD", number, key, draw));
            case 18, 19 -> List.of(ranks(number, key, draw));
            case 21 -> stream(number, key, draw);
            case 22 -> List.of(members("PFADD", number, key, draw));
            case 23 -> List.of(RedisCommand.of("SETBIT", key, draw.below(4_000), 1));
            default -> List.of(places(number, key, draw));
        };
    }

    private byte[] nameOf(int number, Draw draw) {
        if (number % 5 == 0) {
            return utf8("session:" + (number / 5 % parents + 1) + (number / 5 < parents ? "" : ":" + number));
        }
        return switch (number % 40) {
            case 3 -> binary(number, draw);
            case 7 -> utf8("cache:{class " + number + "}:naïve ☕\n\"menu\"");
            case 11 -> utf8(" " + number + " ");
            default -> utf8("crp:" + number % 25 + ":" + number);
        };
    }

    private static byte[] binary(int number, Draw draw) {
        byte[] key = draw.bytes(12);
        key[0] = (byte) (number >> 16);
        key[1] = (byte) (number >> 8);
        key[2] = (byte) number;
        key[3] = 0;
        key[4] = (byte) 0xff;
        return key;
    }

    private static RedisCommand session(byte[] key, Draw draw) {
        return RedisCommand.of(
                "HSET", key, "token", draw.uuid(), "role", draw.of(List.of("parent", "staff")), "ip", "");
    }

    private static byte[] value(int number, Draw draw) {
        if (number < LARGE) {
            return number == 1 ? new byte[0] : draw.bytes(number == 2 ? 1 << 20 : 100_000);
        }
        return draw.onceIn(3) ? utf8(Long.toString(draw.number())) : draw.bytes(20 + draw.below(300));
    }

    private static RedisCommand fields(int number, byte[] key, Draw draw) {
        List<Object> words = new ArrayList<>(List.of("HSET", key));
        for (int field = 0; field < size(number, draw); field++) {
            words.add(field % 7 == 3 ? draw.bytes(6) : "field " + field);
            words.add(field % 5 == 2 ? draw.bytes(80) : draw.phrase(2));
        }
        return RedisCommand.of(words.toArray());
    }

    private static RedisCommand members(String command, int number, byte[] key, Draw draw) {
        List<Object> words = new ArrayList<>(List.of(command, key));
        boolean numbers = number % 50 > 25;
        for (int member = 0; member < size(number, draw); member++) {
            words.add(numbers ? member * 3 : draw.bytes(1 + draw.below(24)));
        }
        return RedisCommand.of(words.toArray());
    }

    private static RedisCommand ranks(int number, byte[] key, Draw draw) {
        List<Object> words = new ArrayList<>(List.of("ZADD", key, "-inf", "lowest", "+inf", "highest", "-0", "zero"));
        for (int member = 0; member < size(number, draw); member++) {
            words.add(draw.onceIn(2) ? Double.toString(draw.fraction() * 1e6) : Integer.toString(member));
            words.add("member " + member);
        }
        return RedisCommand.of(words.toArray());
    }

    /** Entries, one of them deleted, with a group that has read two and acknowledged none. */
    private static List<RedisCommand> stream(int number, byte[] key, Draw draw) {
        List<RedisCommand> commands = new ArrayList<>();
        long start = EPOCH + number;
        int entries = Math.max(4, size(number, draw) / 2);
        for (int entry = 0; entry < entries; entry++) {
            commands.add(
                    RedisCommand.of("XADD", key, start + entry + "-" + entry, "kind", "bell", "body", draw.bytes(9)));
        }
        commands.add(RedisCommand.of("XDEL", key, start + 2 + "-2"));
        commands.add(RedisCommand.of("XGROUP", "CREATE", key, "notifiers", start + 1 + "-1"));
        commands.add(claim(key, "first worker", start + "-0", start));
        commands.add(claim(key, "second", start + 1 + "-1", start));
        return commands;
    }

    /** XREADGROUP would write the time of day into the pending entry; a claim says its own. */
    private static RedisCommand claim(byte[] key, String consumer, String id, long time) {
        return RedisCommand.of(
                "XCLAIM", key, "notifiers", consumer, 0, id, "TIME", time, "RETRYCOUNT", 2, "FORCE", "JUSTID");
    }

    private static RedisCommand places(int number, byte[] key, Draw draw) {
        List<Object> words = new ArrayList<>(List.of("GEOADD", key));
        for (int place = 0; place < size(number, draw); place++) {
            words.addAll(List.of(draw.fraction() * 360 - 180, draw.fraction() * 160 - 80, "stop " + place));
        }
        return RedisCommand.of(words.toArray());
    }

    private static int size(int number, Draw draw) {
        return number < LARGE ? 4_000 : 1 + draw.below(12);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
