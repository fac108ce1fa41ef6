package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector sets, which come with Redis 8 and are a module's type to it: a server links the vectors anew as it reads them, so that no two dumps are the same. */
class RedisVectorSetIT {
    @TempDir
    private Path folder;

    private final RedisEngine engine = new RedisEngine();

    @ParameterizedTest
    @ValueSource(strings = {"scan", "replication"})
    void areCarriedAndCompared(String read) throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisServer other = ServerOf.start(folder, RedisRelease.REDIS_8_0)) {
            StoreUrl source = StoreUrl.parse(ServerOf.url(server).reveal() + "?read=" + read);
            StoreUrl target = ServerOf.url(other);
            fill(source);

            assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.findings()).isEmpty());

            assertThat(engine.compare(source, target, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Same.class,
                            same -> assertThat(same.items()).isEqualTo(3));
            assertThat(new Onlooker(target).ask("VCARD vectors", "VCARD large")).startsWith(":50\r\n:500\r\n");
        }
    }

    @Test
    void differInAnElementAVectorAnAttributeOrHowTheyAreKept() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisServer other = ServerOf.start(folder, RedisRelease.REDIS_8_0)) {
            fill(ServerOf.url(server));
            engine.copy(ServerOf.url(server), ServerOf.url(other), CopyOptions.unfenced(), Progress.SILENT);
            assertFound(server, other, "VREM vectors 'element 7'", "the target lacks the member element 7");
            assertFound(server, other, "VADD vectors VALUES 2 7 -7 'element 7'", "they differ in the member element 7");
            assertFound(
                    server, other, "VSETATTR vectors 'element 8' '{\"n\":9}'", "they differ in the member element 8");
            assertFound(server, other, "VSETATTR vectors 'element 9' ''", "they differ in the member element 9");
            assertFound(server, other, "VADD vectors VALUES 2 1 1 more", "only the target has the member more");
            assertFound(server, other, "DEL vectors", "a vectorset that expires never");
            new Onlooker(ServerOf.url(server)).ask("DEL vectors large", "VADD vectors VALUES 2 1 2 one M 8");
            assertFound(
                    server,
                    other,
                    "DEL vectors large\r\nVADD vectors VALUES 2 1 2 one M 9",
                    "their hnsw-m is 8 on the source and 9 on the target");
        }
    }

    /** Nothing tells by which matrix they were reduced. */
    @Test
    void areUnknownWhereTheyWereReduced() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisServer other = ServerOf.start(folder, RedisRelease.REDIS_8_0)) {
            Onlooker here = new Onlooker(ServerOf.url(server));
            for (int i = 0; i < 50; i++) {
                here.ask("VADD reduced REDUCE 2 VALUES 3 " + i + " " + i * i + " 1 " + i);
            }
            engine.copy(ServerOf.url(server), ServerOf.url(other), CopyOptions.unfenced(), Progress.SILENT);
            assertThat(new Onlooker(ServerOf.url(other)).ask("VCARD reduced")).startsWith(":50");
            assertThat(engine.compare(ServerOf.url(server), ServerOf.url(other), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("whose serialised forms differ"));
        }
    }

    @Test
    void namesTheTypeOfAModuleThatTheTargetHasNotAndCallsItUnknown() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisServer other = ServerOf.start(folder, RedisRelease.REDIS_7_0)) {
            fill(ServerOf.url(server));
            assertThat(engine.copy(ServerOf.url(server), ServerOf.url(other), CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.findings())
                                    .extracting(Finding::message)
                                    .singleElement()
                                    .asString()
                                    .startsWith("2 keys of the type vectorset are not on the target")
                                    .contains("db0:vectors", "db0:large"));
            assertThat(engine.compare(ServerOf.url(server), ServerOf.url(other), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Unknown.class,
                            unknown -> assertThat(unknown.reason())
                                    .contains("2 keys could not be compared", "vectorset", "db0:vectors")
                                    .endsWith("the other 1 keys are the same"));
        }
    }

    /** Changes the target, and makes it the same again. */
    private void assertFound(RedisServer server, RedisServer other, String change, String detail) {
        assertThat(new Onlooker(ServerOf.url(other)).ask(change)).doesNotContain("-ERR");
        assertThat(engine.compare(ServerOf.url(server), ServerOf.url(other), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .singleElement()
                                .satisfies(found -> assertThat(found.detail()).contains(detail)));
        assertThat(engine.repair(ServerOf.url(server), ServerOf.url(other), Progress.SILENT)
                        .after())
                .isInstanceOf(Comparison.Same.class);
    }

    /** One set of them is larger than what is held of a value elsewhere. */
    private static void fill(StoreUrl url) {
        Random random = new Random(11);
        byte[] vector = new byte[4 * 6_000];
        try (RedisStore store = RedisStore.open(url)) {
            store.await(store.database(0).set(bytes("text"), bytes("1")));
            for (int i = 0; i < 50; i++) {
                String number = Integer.toString(i);
                String square = Integer.toString(i * i);
                add(
                        store,
                        "vectors",
                        arguments -> arguments
                                .add("VALUES")
                                .add(2)
                                .add(number)
                                .add(square)
                                .add("element " + number)
                                .add("SETATTR")
                                .add("{\"n\":" + number + "}"));
            }
            for (int i = 0; i < 500; i++) {
                for (int at = 0; at < vector.length; at++) {
                    // The last byte of each has the sign and most of the exponent: none is endless.
                    vector[at] = (byte) (at % 4 == 3 ? 63 : random.nextInt());
                }
                String number = Integer.toString(i);
                add(
                        store,
                        "large",
                        arguments ->
                                arguments.add("FP32").add(vector).add(number).add("NOQUANT"));
            }
        }
    }

    private static void add(RedisStore store, String key, Consumer<CommandArgs<byte[], byte[]>> element) {
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(bytes(key));
        element.accept(arguments);
        RedisFuture<Long> added =
                store.database(0).dispatch(CommandType.VADD, new IntegerOutput<>(ByteArrayCodec.INSTANCE), arguments);
        store.await(added);
    }
}
