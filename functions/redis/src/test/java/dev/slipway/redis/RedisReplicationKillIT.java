package dev.slipway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies that read by replication and are killed at any moment, while the app goes on writing between them; each is followed by a run
 * that ends. {@code -Dslipway.kill.seed=N} repeats what a run with that seed did, as far as chance is ours.
 */
@Tag("battery")
class RedisReplicationKillIT {
    private static final long SEED = Long.getLong("slipway.kill.seed", System.nanoTime() % 1_000_000);
    private static final int ROUNDS = 500;

    /** Strings that no server compresses, so that their stream is more than a connection holds, and a value that is let pass in it. */
    private static final String FILL = """
            local words = {}
            for i = 1, 4000 do words[i] = redis.sha1hex(i) end
            local text = table.concat(words)
            for i = 1, 20000 do redis.call('SET', 'long ' .. i, string.sub(text, i * 7, i * 7 + 1999)) end
            for i = 1, 60000 do redis.call('ZADD', 'large zset', i / 3, string.sub(text, i, i + 159)) end
            """;

    /**
     * Some keys of each type go, change, come and are to end at another time: no two writes give a key times that are less than two
     * seconds apart, since what an earlier copy has brought stays where its time is right to the second.
     */
    private static final String WRITE = """
            local random = tonumber(ARGV[1])
            local ends = 7200000 + 2000 * tonumber(ARGV[2])
            for i = 1, 1000 do
              local number = (random + i * 37) % 20000 + 1
              redis.call('DEL', 'long ' .. number)
              redis.call('SET', 'long ' .. (number + 1), 'changed ' .. random)
              redis.call('PEXPIRE', 'long ' .. (number + 2), ends)
              redis.call('RPUSH', 'new ' .. number, random)
            end
            redis.call('ZADD', 'large zset', random, 'added ' .. random)
            """;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<Moment, Integer> struck = new EnumMap<>(Moment.class);
    private int writes;
    private RedisServer source;
    private RedisServer target;
    private Onlooker here;
    private Onlooker there;

    /** What the source was doing for the copy when that was killed. */
    private enum Moment {
        SAVING,
        SENDING,
        /** All that is left is on its way, or on the target. */
        SENT
    }

    @BeforeEach
    void start() throws IOException {
        System.out.printf("seed %d%n", SEED);
        source = ServerOf.start(folder, RedisRelease.REDIS_7_0, "save 3600 1", "enable-debug-command local");
        target = ServerOf.start(folder, RedisRelease.REDIS_7_0, "enable-debug-command local");
        here = new Onlooker(ServerOf.url(source));
        there = new Onlooker(ServerOf.url(target));
        try (RedisStore store = RedisStore.open(here.url())) {
            new EveryType(store).write(ROUNDS, 2);
            store.await(store.database(0).<Long>eval(FILL, ScriptOutputType.INTEGER));
        }
    }

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void afterAFewKillsTheNextRunEndsTheSame() throws Exception {
        killAndGoOn(2);
    }

    @Test
    void afterDozensOfKillsTheNextRunEndsTheSame() throws Exception {
        killAndGoOn(30);
    }

    private void killAndGoOn(int kills) throws Exception {
        int left = kills;
        while (left > 0) {
            try (CopyProcess copy = CopyProcess.start(here.url(), there.url(), folder, "-Xmx256m")) {
                if (left == kills) {
                    // Struck while it is sent the keys, whatever chance does with the others.
                    await(copy, () -> there.keys() > 1_000);
                } else {
                    await(copy, () -> here.ask("INFO replication").contains("state="));
                    Thread.sleep(random.nextInt(125 << random.nextInt(6)));
                }
                if (isStruck(copy)) {
                    left--;
                    write();
                } else {
                    assertComplete();
                    there.ask("FLUSHALL");
                }
            }
        }
        try (CopyProcess copy = CopyProcess.start(here.url(), there.url(), folder, "-Xmx256m")) {
            assertThat(copy.exit()).as(copy.printed()).isZero();
        }
        assertComplete();
        System.out.println("kills by what the source did: " + struck);
        assertThat(struck).as("at least one while the keys were sent").containsKey(Moment.SENDING);
    }

    /** Whether it was killed before it was done: then the target says whose copy it holds. */
    private boolean isStruck(CopyProcess copy) throws Exception {
        if (!copy.freeze()) {
            assertThat(copy.exit()).as(copy.printed()).isZero();
            return false;
        }
        Moment moment = moment();
        copy.kill();
        boolean half = there.sees("{slipway}copy");
        if (half) {
            struck.merge(moment, 1, Integer::sum);
        }
        return half;
    }

    private static void await(CopyProcess copy, BooleanSupplier moment) throws InterruptedException {
        while (copy.isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    /** Looked at when the copy cannot go on, and the source has noticed all that it did. */
    private Moment moment() throws Exception {
        Thread.sleep(50);
        String replicas = here.ask("INFO replication");
        if (replicas.contains("state=send_bulk")) {
            return Moment.SENDING;
        }
        return replicas.contains("state=wait_bgsave") ? Moment.SAVING : Moment.SENT;
    }

    private void write() {
        try (RedisStore store = RedisStore.open(here.url())) {
            store.await(store.database(0)
                    .<Long>eval(
                            WRITE,
                            ScriptOutputType.INTEGER,
                            new byte[0][],
                            ServerPair.bytes(Integer.toString(random.nextInt(20_000))),
                            ServerPair.bytes(Integer.toString(++writes))));
        }
    }

    /** First by what is not ours. */
    private void assertComplete() {
        assertThat(there.digest()).as("keys and values").isEqualTo(here.digest());
        assertThat(there.keys()).as("nothing of ours").isEqualTo(here.keys());
        assertThat(there.ends(0)).as("when keys end").isEqualTo(here.ends(0));
        assertThat(there.ends(1)).as("when keys end").isEqualTo(here.ends(1));
        assertThat(there.groups(0)).as("groups of streams").isEqualTo(here.groups(0));
        assertThat(there.groups(1)).as("groups of streams").isEqualTo(here.groups(1));
        assertThat(new RedisEngine().compare(here.url(), there.url(), Progress.SILENT))
                .isInstanceOf(Comparison.Same.class);
        assertThat(here.calls("psync")).as("read by replication").isPositive();
    }
}
