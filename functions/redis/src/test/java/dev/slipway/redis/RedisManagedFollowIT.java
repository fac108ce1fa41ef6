package dev.slipway.redis;

import static dev.slipway.redis.Ask.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.AppAccess;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that a service runs: nobody of ours may use CONFIG or ACL there, and the account says what the app may. */
class RedisManagedFollowIT {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String REFUSED =
            " -config -sync -psync -replicaof -slaveof -migrate -debug -save -bgsave -bgrewriteaof -shutdown -module -acl";

    @TempDir
    Path folder;

    private RedisServer old;
    private RedisServer young;
    private Following following;
    private String reading = "";

    @BeforeEach
    void start() throws IOException {
        old = server("source", "user default on >s0urce ~* &* +@all", "repl-diskless-sync-delay 0");
        young = server(
                "target",
                "user default off",
                "user operator on >0perator ~* &* +@all",
                "user worker on >w0rker ~* &* +@all" + REFUSED,
                "user app on >4pp ~* &* +@all" + REFUSED);
        following = new RedisEngine().following().orElseThrow().closing(there(), account());
    }

    @AfterEach
    void stop() {
        old.close();
        young.close();
    }

    /** The operator's hand, as the account's changes of a user come to its servers. */
    private AppAccess account() {
        return new AppAccess() {
            @Override
            public void close() {
                assertThat(ask(url("operator", "0perator"), "ACL", "SETUSER", "app", "-@write"))
                        .isEqualTo("OK");
            }

            @Override
            public void open() {
                assertThat(ask(url("operator", "0perator"), "ACL", "SETUSER", "app", "+@write"))
                        .isEqualTo("OK");
            }
        };
    }

    /** By a stream, and by passes. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?read=scan"})
    void losesNoWriteThereAndBack(String read) throws Exception {
        reading = read;
        fill();
        try (TransferWriter writer = TransferWriter.start(here())) {
            writer.awaitMore(200);
            try (Following.Carrier carrier = begun()) {
                writer.awaitMore(200);
                carrier.check();
                assertThat(takesWrites(app())).isFalse();
                turn(here(), there());
            }
            writer.url = app();
            assertThat(takesWrites(here())).isFalse();
            writer.awaitMore(200);

            ask(app(), "DEL", "key 1");
            ask(app(), "SET", "soon", "x", "PX", "20");
            turn(there(), here());
            writer.url = here();
            assertThat(takesWrites(app())).isFalse();
            writer.awaitMore(200);
            assertThat(ask(here(), "EXISTS", "key 1")).isEqualTo("0");
            writer.end();
            writer.assertSum(here());
        }
        assertThat(following.lag(there(), here())).isEmpty();
        assertThat(ask(here(), "ACL", "LIST")).doesNotContain("slipway");
        assertThat(ask(there(), "KEYS", "*slipway*")).isEqualTo("[]");
    }

    @Test
    void canBeFollowedAgainAfterTheWayBack() throws Exception {
        fill();
        begun().close();
        turn(here(), there());
        ask(app(), "SET", "on the target", "1");
        turn(there(), here());

        following.end(here(), there());
        ask(here(), "SET", "key 2", "another");
        try (Following.Carrier carrier = begun()) {
            carrier.check();
            turn(here(), there());
        }
        assertThat(ask(app(), "GET", "key 2")).isEqualTo("another");
        assertThat(takesWrites(app())).isTrue();
        following.end(there(), here());
        assertThat(takesWrites(app())).isTrue();
        assertThat(takesWrites(here())).isFalse();
    }

    @Test
    void freesTheSourceAndLeavesTheTargetClosedWhereItIsGivenUp() {
        fill();
        begun().close();
        following.stay(here(), there());
        assertThat(takesWrites(here())).isTrue();
        following.end(here(), there());
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(app())).isFalse();
        assertThat(following.lag(here(), there())).isEmpty();
        assertThat(ask(there(), "KEYS", "*slipway*")).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fencing", "bringing over the rest", "switching"})
    void aWayBackThatWasEndedIsGoneOnWithOrUndone(String step) {
        fill();
        begun().close();
        turn(here(), there());
        ask(app(), "SET", "on the target", "1");

        endIn(step);
        assertThat(takesWrites(app()) && takesWrites(here())).isFalse();
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Earlier.class);
        assertThat(takesWrites(app())).isTrue();
        assertThat(takesWrites(here())).isFalse();

        endIn(step);
        turn(there(), here());
        assertThat(takesWrites(app())).isFalse();
        assertThat(ask(here(), "GET", "on the target")).isEqualTo("1");
    }

    @Test
    void keepsTheTargetTheWriterWhereTheAccountDoesNotCloseIt() throws Exception {
        fill();
        begun().close();
        turn(here(), there());
        Following useless = new RedisEngine().following().orElseThrow().closing(there(), new AppAccess() {
            @Override
            public void close() {}

            @Override
            public void open() {}
        });
        try (TransferWriter writer = TransferWriter.start(app())) {
            writer.awaitMore(100);
            assertThat(useless.turn(there(), here(), LONGEST, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class,
                            not -> assertThat(not.reason()).contains("keys of it were changed since"));
            writer.awaitMore(100);
            assertThat(takesWrites(here())).isFalse();
            turn(there(), here());
            writer.url = here();
            writer.awaitMore(100);
            writer.end();
            writer.assertSum(here());
        }
    }

    /** The account has let the app write there, and nobody has heard that it did. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?read=scan"})
    void keepsTheSourceClosedWhereTheTargetIsOpenAndThatIsNotKnown(String read) {
        reading = read;
        fill();
        begun().close();
        Following unheard = new RedisEngine().following().orElseThrow().closing(there(), new AppAccess() {
            @Override
            public void close() {
                account().close();
            }

            @Override
            public void open() {
                account().open();
                throw new FenceBroken("open the target", "the account does not answer", "try again");
            }
        });
        assertThatThrownBy(() -> unheard.turn(here(), there(), LONGEST, Progress.SILENT))
                .hasMessageContaining("the account does not answer");
        assertThat(takesWrites(app())).isTrue();
        assertThat(takesWrites(here())).isFalse();
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Earlier.class);
        turn(there(), here());
        assertThat(takesWrites(app())).isFalse();
        assertThat(takesWrites(here())).isTrue();
    }

    /** It was stopped there, taken for dead, and goes on when another has done the same. */
    @ParameterizedTest
    @ValueSource(strings = {"mayFence", "mayOpen"})
    void opensNothingForAWayBackThatAnotherHasDone(String question) {
        fill();
        begun().close();
        turn(here(), there());
        assertThatThrownBy(() -> following.turn(
                        there(),
                        here(),
                        LONGEST,
                        new RefusingAccord(question, () -> turn(there(), here())),
                        Progress.SILENT))
                .isInstanceOfAny(StoreUnreachable.class, FollowFailed.class);
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(app())).isFalse();
    }

    private void endIn(String step) {
        assertThatThrownBy(() -> following.turn(there(), here(), LONGEST, amount -> {
                    if (amount.what().equals(step)) {
                        throw new IllegalStateException("planted");
                    }
                }))
                .hasMessage("planted");
    }

    private Following.Carrier begun() {
        following.begin(here(), there(), CopyOptions.unfenced().ontoOwnTarget(), Progress.SILENT);
        return following.carry(here(), there());
    }

    private void turn(StoreUrl from, StoreUrl to) {
        assertThat(following.turn(from, to, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
    }

    private void fill() {
        for (int i = 0; i < 500; i++) {
            ask(here(), "SET", "key " + i, "value " + i);
        }
    }

    private static boolean takesWrites(StoreUrl url) {
        String said = ask(url, "SET", "probe", "x");
        assertThat(said).matches("OK|NOREPLICAS.*|NOPERM.*");
        return said.equals("OK");
    }

    private StoreUrl here() {
        return StoreUrl.parse("redis://:s0urce@127.0.0.1:" + old.port() + reading);
    }

    private StoreUrl there() {
        return url("worker", "w0rker");
    }

    private StoreUrl app() {
        return url("app", "4pp");
    }

    private StoreUrl url(String user, String password) {
        return StoreUrl.parse("redis://" + user + ":" + password + "@127.0.0.1:" + young.port());
    }

    private RedisServer server(String name, String... lines) throws IOException {
        return RedisServer.start(new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve(name),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                List.of(lines)));
    }
}
