package dev.slipway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies that are killed at any moment, and servers that die below them; each is followed by a run that ends. {@code
 * -Dslipway.kill.seed=N} repeats what a run with that seed did, as far as chance is ours.
 */
@Tag("battery")
class RedisKillIT {
    private static final long SEED = Long.getLong("slipway.kill.seed", System.nanoTime() % 1_000_000);
    private static final int ROUNDS = 4_000;
    /** Each takes more than the 8 MiB from which on a value is copied by pieces. */
    private static final int LARGE = 5;

    private static final String FILL_LARGE = """
            local function text(i) return string.format('%032d', i) end
            redis.call('SETRANGE', 'large string', 30000000, 'end')
            for i = 1, 250000 do
              redis.call('RPUSH', 'large list', text(i))
              redis.call('SADD', 'large set', text(i))
              redis.call('ZADD', 'large zset', i / 3, text(i))
              redis.call('HSET', 'large hash', text(i), i)
            end
            """;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private RedisServer source;
    private RedisServer target;
    private Onlooker there;
    private Onlooker here;
    private String before;
    private long keys;

    @BeforeEach
    void start() throws IOException {
        System.out.printf("seed %d%n", SEED);
        source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
        target = ServerOf.start(folder, RedisRelease.REDIS_6_2, "appendonly yes", "appendfsync everysec");
        here = new Onlooker(ServerOf.url(source));
        there = new Onlooker(ServerOf.url(target));
        try (RedisStore store = RedisStore.open(here.url())) {
            new EveryType(store).write(ROUNDS, 2);
            store.await(store.database(0).<Long>eval(FILL_LARGE, io.lettuce.core.ScriptOutputType.INTEGER));
        }
        before = here.digest();
        keys = here.keys();
    }

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void afterAFewKillsTheNextRunEndsTheSame() throws Exception {
        killAndGoOn(4);
    }

    @Test
    void afterDozensOfKillsTheNextRunEndsTheSame() throws Exception {
        killAndGoOn(30);
    }

    /** A copy that is done before its moment has come is looked at, and another begins. */
    private void killAndGoOn(int kills) throws Exception {
        int struck = 0;
        int halves = 0;
        int runs = 1;
        while (struck < kills) {
            try (CopyProcess copy = copy()) {
                if (isReached(copy, random.nextInt(3) == 0 ? "slipway:copy:*" : "{slipway}copy")) {
                    Thread.sleep(random.nextInt(700));
                }
                if (copy.isAlive()) {
                    copy.kill();
                    struck++;
                    runs++;
                    halves += there.sees("slipway:copy:*") ? 1 : 0;
                    assertThat(there.sees("{slipway}copy"))
                            .as("it was not done")
                            .isTrue();
                } else {
                    assertThat(copy.exit()).as(copy.printed()).isZero();
                    assertComplete(runs);
                    there.ask("FLUSHALL", "CONFIG RESETSTAT");
                    runs = 1;
                }
            }
        }
        copyToTheEnd();
        assertComplete(runs);
        System.out.printf(Locale.ROOT, "%d kills, %d of them with half a value on the target%n", struck, halves);
    }

    /** Whether the target has such a key before the copy ends. */
    private boolean isReached(CopyProcess copy, String pattern) throws InterruptedException {
        while (copy.isAlive()) {
            if (there.sees(pattern)) {
                return true;
            }
            Thread.sleep(5);
        }
        return false;
    }

    @Test
    void tellsThatTheTargetDiedAndGoesOnWhenItIsBack() throws Exception {
        try (CopyProcess copy = copy()) {
            assertThat(isReached(copy, "slipway:copy:*")).isTrue();
            target.kill();
            assertOneLine(copy, "the connection broke", target);
        }
        assertOneLine(copy(), "Connection refused", target);
        target = target.restart();
        copyToTheEnd();
        assertComplete(2);
    }

    @Test
    void tellsThatTheSourceDiedAndGoesOnWhenItIsBack() throws Exception {
        here.ask("SAVE");
        try (CopyProcess copy = copy()) {
            assertThat(isReached(copy, "slipway:copy:*")).isTrue();
            source.kill();
            assertOneLine(copy, "the connection broke", source);
        }
        assertOneLine(copy(), "Connection refused", source);
        source = source.restart();
        copyToTheEnd();
        assertComplete(2);
    }

    private static void assertOneLine(CopyProcess copy, String why, RedisServer dead) throws InterruptedException {
        assertThat(copy.exit()).as(copy.printed()).isEqualTo(2);
        // There is no logger on a test's class path, which it says.
        assertThat(copy.printed().lines().filter(line -> !line.startsWith("SLF4J")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("Tried to ")
                        .contains(why, "127.0.0.1:" + dead.port(), "check that it runs"));
    }

    private CopyProcess copy() throws IOException {
        return CopyProcess.start(here.url(), there.url(), folder, "-Xmx256m");
    }

    private void copyToTheEnd() throws Exception {
        try (CopyProcess copy = copy()) {
            assertThat(copy.exit()).as(copy.printed()).isZero();
        }
    }

    /** The servers' own digests leave the groups of streams out, and the times at which keys go. */
    private void assertComplete(int runs) {
        assertThat(here.digest()).as("the source").isEqualTo(before);
        assertThat(there.digest()).as("the target").isEqualTo(before);
        assertThat(there.keys()).as("nothing of ours").isEqualTo(keys);
        StoreUrl from = here.url();
        assertThat(new RedisEngine().compare(from, there.url(), Progress.SILENT))
                .isInstanceOf(Comparison.Same.class);
        // One of each run asks whether it may.
        assertThat(there.calls("restore")).as("sent once").isBetween(1L, keys - LARGE + runs);
        assertThat(there.calls("rename")).as("put together once").isBetween(0L, (long) LARGE);
    }
}
