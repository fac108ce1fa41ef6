package dev.slipway.redis.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.follow.ChangeWriter.Placed;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who brings the changes of a stream, on a real target. */
class StreamStateIT {
    private static final StoreUrl SOURCE = StoreUrl.parse("redis://127.0.0.1:1");

    private static final byte[] KEY = Wire.ascii("key");
    private static final Placed SET = new Placed(0, List.of(Wire.ascii("SET"), KEY, Wire.ascii("1")));

    @TempDir
    Path folder;

    private RedisServer server;
    private RedisStore target;

    @BeforeEach
    void begin() throws IOException {
        server = RedisServer.start(new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve("data"),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                List.of("save \"\"")));
        target = RedisStore.open(StoreUrl.parse("redis://127.0.0.1:" + server.port()));
        claim("mine");
        assertThat(StreamState.begin(target, SOURCE, new StreamPosition("a", 1), "mine"))
                .isTrue();
    }

    private void claim(String name) {
        target.await(target.database(0).hset(OurKeys.claim(), Wire.ascii(OurKeys.CLAIM_ID), StreamState.bytes(name)));
    }

    @AfterEach
    void stop() {
        target.close();
        server.close();
    }

    /** A copy was stopped before it said so, and another one has taken its place, or was done and the target is the writer. */
    @Test
    void saysNothingOnATargetThatIsNoLongerItsOwn() {
        target.await(target.database(0).del(OurKeys.stream()));
        claim("another's");
        assertThat(StreamState.begin(target, SOURCE, StreamState.TO_BE_COPIED, "mine"))
                .isFalse();
        target.await(target.database(0).del(OurKeys.claim()));
        assertThat(StreamState.begin(target, SOURCE, StreamState.TO_BE_COPIED, "mine"))
                .isFalse();
        assertThat(StreamState.read(target)).isEmpty();
    }

    /** Both have seen that it is nobody's. */
    @Test
    void isNotTakenFromATurnByAWorkerThatSawItFree() {
        assertThat(owner()).isEmpty();
        try (ChangeWriter turn = ChangeWriter.takeOver(target)) {
            assertThat(ChangeWriter.take(target, "")).isEmpty();
            assertThat(owner()).isEqualTo(turn.owner());
            assertThat(turn.write(List.of(), new StreamPosition("a", 2))).isTrue();
        }
    }

    @Test
    void isTakenByAWorkerWhereATurnHasLeftIt() {
        try (ChangeWriter turn = ChangeWriter.takeOver(target)) {
            assertThat(turn.leave()).isTrue();
            assertThat(turn.write(List.of(), new StreamPosition("a", 9))).isFalse();
        }
        try (ChangeWriter worker = ChangeWriter.take(target, "").orElseThrow()) {
            assertThat(owner()).isEqualTo(worker.owner());
            assertThat(worker.write(List.of(), new StreamPosition("a", 2))).isTrue();
            ChangeWriter.takeOver(target).close();
            assertThat(worker.write(List.of(SET), new StreamPosition("a", 3))).isFalse();
            assertThat(worker.write(List.of(SET), new StreamPosition("a", 4)))
                    .as("tried again")
                    .isFalse();
            assertThat(worker.leave()).isFalse();
            assertThat(worker.remove()).isFalse();
        }
        assertThat(StreamState.of(target, SOURCE).orElseThrow().done()).isEqualTo(new StreamPosition("a", 2));
        assertThat(target.absent(0, List.of(KEY))).hasSize(1);
    }

    /** A cutover has ended it: the target is the writer, and what is brought there would be lost or older. */
    @Test
    void isNotTakenWhereNothingIsToBeBroughtAnyMore() {
        try (ChangeWriter worker = ChangeWriter.takeOver(target);
                ChangeWriter turn = ChangeWriter.takeOver(target)) {
            assertThat(turn.remove()).isTrue();
            assertThat(ChangeWriter.take(target, turn.owner())).isEmpty();
            assertThatThrownBy(() -> ChangeWriter.takeOver(target))
                    .isInstanceOf(FollowFailed.class)
                    .hasMessageContaining("ended the stream");
            worker.spoil();
            assertThat(worker.write(List.of(SET), new StreamPosition("a", 2))).isFalse();
            assertThat(turn.write(List.of(SET), new StreamPosition("a", 2))).isFalse();
        }
        assertThat(target.absent(0, List.of(KEY, OurKeys.stream()))).hasSize(2);
    }

    @Test
    void isCopiedAnewWhereAChangeIsRefused() {
        try (ChangeWriter writer = ChangeWriter.takeOver(target)) {
            Placed wrong = new Placed(0, List.of(Wire.ascii("INCR"), OurKeys.stream()));
            assertThatThrownBy(() -> writer.write(List.of(SET, wrong), new StreamPosition("a", 2)))
                    .isInstanceOf(ChangeWriter.Refused.class)
                    .hasMessageContaining("WRONGTYPE");
            writer.spoil();
        }
        assertThat(StreamState.of(target, SOURCE).orElseThrow().done().history())
                .isEqualTo("none");
        assertThat(owner()).isEmpty();
    }

    private String owner() {
        return StreamState.of(target, SOURCE).orElseThrow().owner();
    }
}
