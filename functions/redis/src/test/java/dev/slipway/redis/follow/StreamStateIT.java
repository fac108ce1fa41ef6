package dev.slipway.redis.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.RedisStore;
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
        StreamState.begin(target, SOURCE, new StreamPosition("a", 1));
    }

    @AfterEach
    void stop() {
        target.close();
        server.close();
    }

    /** Both have seen that it is nobody's. */
    @Test
    void isNotTakenFromATurnByAWorkerThatSawItFree() throws IOException {
        assertThat(owner()).isEmpty();
        try (ChangeWriter turn = ChangeWriter.takeOver(target, "turn")) {
            assertThat(StreamState.ownIfFree(target, "worker")).isFalse();
            assertThat(owner()).isEqualTo("turn");
            assertThatThrownBy(() -> ChangeWriter.of(target, "worker")).isInstanceOf(FollowFailed.class);
            assertThat(turn.write(List.of(), new StreamPosition("a", 2))).isTrue();
        }
    }

    @Test
    void isTakenByAWorkerWhereATurnHasLeftIt() throws IOException {
        ChangeWriter.takeOver(target, "turn").close();
        StreamState.leave(target);

        assertThat(StreamState.ownIfFree(target, "worker")).isTrue();
        assertThat(owner()).isEqualTo("worker");
        try (ChangeWriter worker = ChangeWriter.of(target, "worker")) {
            assertThat(worker.write(List.of(), new StreamPosition("a", 2))).isTrue();
            ChangeWriter.takeOver(target, "turn").close();
            assertThat(worker.write(List.of(), new StreamPosition("a", 3))).isFalse();
            assertThat(worker.write(List.of(), new StreamPosition("a", 4)))
                    .as("tried again")
                    .isFalse();
        }
        assertThat(StreamState.of(target, SOURCE).orElseThrow().done()).isEqualTo(new StreamPosition("a", 2));
    }

    private String owner() {
        return StreamState.of(target, SOURCE).orElseThrow().owner();
    }
}
