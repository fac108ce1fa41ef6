package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisReleases;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a release to an older one, whose RESTORE does not take the newer one's DUMP. */
class RedisDowngradeIT {
    private static final RedisReleases RELEASES =
            RedisReleases.of(Path.of(System.getProperty("slipway.root", "../..")));

    @TempDir
    Path folder;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void copiesEveryTypeByItsOwnCommands() throws Exception {
        try (RedisServer source = start(RedisRelease.REDIS_7_0, "source");
                RedisServer target = start(RedisRelease.REDIS_6_2, "target")) {
            try (RedisStore store = RedisStore.open(url(source))) {
                new EveryType(store).write(200, 2);
                new EveryType(store).writeLarge();
                writeOddities(store);
            }

            CopyOutcome outcome = engine.copy(url(source), url(target), CopyOptions.unfenced(), Progress.SILENT);

            assertThat(outcome).isInstanceOf(CopyOutcome.Copied.class);
            assertThat(engine.compare(url(source), url(target), Progress.SILENT))
                    .isInstanceOf(Comparison.Same.class);
            try (RedisStore store = RedisStore.open(url(target))) {
                assertThat(say(store, "EXISTS", "{slipway}copy")).isEqualTo("[0]");
                assertThat(say(store, "ZRANGE", "scores", "0", "-1", "WITHSCORES"))
                        .matches("\\[least, -inf, zero, -?0, tenth, 0.10000000000000001, most, inf\\]");
                assertThat(say(store, "XRANGE", "stream", "-", "+")).isEqualTo("[[2-1, [a, b]]]");
                assertThat(say(store, "XPENDING", "stream", "group", "-", "+", "10"))
                        .matches("\\[\\[1-1, alice, \\d+, 1\\], \\[2-1, alice, \\d+, 1\\]\\]");
                assertThat(say(store, "XINFO", "STREAM", "stream")).contains("last-generated-id, 3-0");
                assertThat(say(store, "XINFO", "CONSUMERS", "stream", "group"))
                        .contains("alice")
                        .contains("idle-one");
                assertThat(say(store, "XINFO", "STREAM", "no entries")).contains("length, 0");
                assertThat(say(store, "PTTL", "list for long")).isNotEqualTo("[-1]");
            }
        }
    }

    /** The counters that Redis 7 has added come along where the target has them, too. */
    @Test
    void copiesAStreamsCountersPieceByPiece() throws Exception {
        Optional<Path> newer = RELEASES.find(RedisRelease.REDIS_8_0);
        assumeThat(newer).isPresent();
        try (RedisServer source = start(RedisRelease.REDIS_8_0, "source");
                RedisServer target = start(RedisRelease.REDIS_7_0, "target")) {
            String wanted;
            try (RedisStore store = RedisStore.open(url(source))) {
                writeOddities(store);
                say(store, "HSET", "fields", "kept", "1", "going", "2");
                say(store, "HPEXPIRE", "fields", "10000000", "FIELDS", "1", "going");
                wanted = counters(store);
            }

            CopyOutcome outcome = engine.copy(url(source), url(target), CopyOptions.unfenced(), Progress.SILENT);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.findings())
                                    .anySatisfy(finding -> assertThat(finding.message())
                                            .contains("1 hashes")
                                            .contains("db0:fields")));
            try (RedisStore store = RedisStore.open(url(target))) {
                assertThat(counters(store)).isEqualTo(wanted);
                assertThat(say(store, "HGETALL", "fields")).contains("going");
            }
        }
    }

    private static String counters(RedisStore store) {
        return say(store, "XINFO", "STREAM", "stream").replaceAll("radix-tree[^,]*, \\d+, ", "")
                + say(store, "XINFO", "GROUPS", "stream");
    }

    private static void writeOddities(RedisStore store) {
        say(store, "ZADD", "scores", "inf", "most", "-inf", "least", "-0", "zero", "0.1", "tenth");
        say(store, "XADD", "stream", "1-1", "gone", "soon");
        say(store, "XADD", "stream", "2-1", "a", "b");
        say(store, "XADD", "stream", "3-0", "gone", "soon");
        say(store, "XGROUP", "CREATE", "stream", "group", "0");
        say(store, "XREADGROUP", "GROUP", "group", "alice", "COUNT", "2", "STREAMS", "stream", ">");
        say(store, "XGROUP", "CREATECONSUMER", "stream", "group", "idle-one");
        say(store, "XDEL", "stream", "1-1", "3-0");
        say(store, "XGROUP", "CREATE", "no entries", "group", "$", "MKSTREAM");
        say(store, "RPUSH", "list for long", "a", "", "b");
        say(store, "PEXPIREAT", "list for long", "253402300799999");
        say(store, "SET", "", "the empty name");
        say(store, "PFADD", "visitors", "a", "b", "c");
        say(store, "SETBIT", "bits", "100000", "1");
        say(store, "SADD", "numbers", "1", "-5", "70000", "9223372036854775807");
    }

    private static String say(RedisStore store, String... words) {
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        for (String word : List.of(words).subList(1, words.length)) {
            arguments.addValue(bytes(word));
        }
        return text(store.await(store.database(0)
                .dispatch(() -> bytes(words[0]), new ArrayOutput<>(ByteArrayCodec.INSTANCE), arguments)));
    }

    private static String text(Object answer) {
        return switch (answer) {
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case List<?> list ->
                list.stream()
                        .map(each -> text(Objects.requireNonNullElse(each, "nil")))
                        .toList()
                        .toString();
            default -> answer.toString();
        };
    }

    private RedisServer start(RedisRelease release, String name) throws IOException {
        RedisServer.Place place = new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve(name),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                List.of("save \"\""));
        return RedisServer.start(place.program(RELEASES.find(release).orElseThrow()));
    }

    private static StoreUrl url(RedisServer server) {
        return StoreUrl.parse("redis://127.0.0.1:" + server.port());
    }
}
