package dev.slipway.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.account.PythonEnvironments;
import dev.slipway.local.sample.SampleData;
import dev.slipway.local.sample.Stores;
import dev.slipway.migration.StoreUrl;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check itself is checked: what is the same passes, and one byte anywhere does not. */
class OutsideCheckIT {
    private static final SampleData DATA = SampleData.withRows(3_000);

    @TempDir
    static Path folder;

    private static Stores first;
    private static Stores second;
    private static OutsideCheck check;

    @BeforeAll
    static void seedTwice() throws Exception {
        first = Stores.start(folder.resolve("first"));
        second = Stores.start(folder.resolve("second"));
        DATA.seed(first.postgresUrl(), first.redisUrl(), first.media());
        DATA.seedPostgres(second.postgresUrl());
        DATA.seedMedia(second.media());
        RedisCopy.copy(first.redisUrl(), second.redisUrl());
        Path root = Path.of(System.getProperty("slipway.root"));
        PythonEnvironments environments = new PythonEnvironments(
                root.resolve(".slipway"),
                root.resolve("functions/local/src/main/account"),
                System.getenv(),
                System.err::println);
        check = new OutsideCheck(
                new OutsideTools(
                        environments.ensure(PythonEnvironments.POSTGRES).bin("psql"),
                        environments.ensure(PythonEnvironments.REDIS).bin("redis-cli"),
                        Path.of("aws-is-not-needed-here"),
                        Map.of()),
                folder.resolve("scratch"));
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    @Test
    void passesTwoSidesThatWereSeededAlike() throws Exception {
        assertThat(check.differences(side(first), side(second))).isEmpty();
    }

    @Test
    void findsOneByteInATable() throws Exception {
        sql("UPDATE children SET thumbnail = set_byte(thumbnail, 3, get_byte(thumbnail, 3) # 1) WHERE id = 7");
        try {
            assertThat(check.postgres(first.postgresUrl(), second.postgresUrl()))
                    .containsExactly("table public.children differs");
        } finally {
            sql("UPDATE children SET thumbnail = set_byte(thumbnail, 3, get_byte(thumbnail, 3) # 1) WHERE id = 7");
        }
    }

    @Test
    void findsOneRepetitionMoreInATableWithoutAKey() throws Exception {
        sql("INSERT INTO sign_ins SELECT * FROM sign_ins LIMIT 1");
        try {
            assertThat(check.postgres(first.postgresUrl(), second.postgresUrl()))
                    .containsExactly("table public.sign_ins differs");
        } finally {
            sql("DELETE FROM sign_ins WHERE ctid = (SELECT max(ctid) FROM sign_ins)");
        }
    }

    @Test
    void findsASequenceThatIsBehind() throws Exception {
        sql("SELECT setval('receipt_number_seq', 5)");
        try {
            assertThat(check.postgres(first.postgresUrl(), second.postgresUrl()))
                    .containsExactly("sequence public.receipt_number_seq differs");
        } finally {
            sql("SELECT setval('receipt_number_seq', max(receipt)) FROM payments");
        }
    }

    @Test
    void findsOneByteInAValue() throws Exception {
        redis(commands -> commands.setbit("crp:2:2", 4_242, commands.getbit("crp:2:2", 4_242) == 0 ? 1 : 0));
        try {
            assertThat(check.redis(first.redisUrl(), second.redisUrl()))
                    .containsExactly("key 'crp:2:2' of database 0 differs");
        } finally {
            redis(commands -> commands.setbit("crp:2:2", 4_242, commands.getbit("crp:2:2", 4_242) == 0 ? 1 : 0));
        }
    }

    @Test
    void findsATimeToLiveThatWasLostOrMoved() throws Exception {
        redis(commands -> {
            commands.set("loan", "Vasa", SetArgs.Builder.ex(5_000));
            commands.set("fine", "Vasa");
        });
        redisOf(first, commands -> {
            commands.set("loan", "Vasa", SetArgs.Builder.ex(5_003));
            commands.set("fine", "Vasa", SetArgs.Builder.ex(5_000));
        });
        try {
            assertThat(check.redis(first.redisUrl(), second.redisUrl()))
                    .containsExactly("key 'fine' of database 0 differs", "key 'loan' of database 0 differs");
        } finally {
            redis(commands -> commands.del("loan", "fine"));
            redisOf(first, commands -> commands.del("loan", "fine"));
        }
    }

    @Test
    void findsAPendingEntryThatWasAcknowledged() throws Exception {
        String id = "1756700000021-0";
        redis(commands -> commands.xack("crp:21:21", "notifiers", id));
        try {
            assertThat(check.redis(first.redisUrl(), second.redisUrl()))
                    .containsExactly("key 'crp:21:21' of database 0 differs");
        } finally {
            redis(commands -> commands.xclaim(
                    "crp:21:21",
                    Consumer.from("notifiers", "first worker"),
                    XClaimArgs.Builder.justid()
                            .minIdleTime(0)
                            .time(1_756_700_000_021L)
                            .retryCount(2)
                            .force(),
                    id));
        }
    }

    @Test
    void findsOneByteInAFileAndAFileThatIsMissing() throws Exception {
        Path changed = second.media().resolve("caf\u00e9.jpg");
        Path gone = second.media().resolve("new\nline.txt");
        byte[] content = Files.readAllBytes(changed);
        byte[] lost = Files.readAllBytes(gone);
        content[10] ^= 1;
        Files.write(changed, content);
        Files.delete(gone);
        try {
            assertThat(check.media(media(first), media(second)))
                    .containsExactly("file caf\u00e9.jpg differs", "file new\nline.txt is on the first side only");
        } finally {
            content[10] ^= 1;
            Files.write(changed, content);
            Files.write(gone, lost);
        }
    }

    private static OutsideCheck.Side side(Stores stores) {
        return new OutsideCheck.Side(stores.postgresUrl(), stores.redisUrl(), media(stores));
    }

    private static StoreUrl media(Stores stores) {
        return StoreUrl.parse(stores.media().toUri().toString());
    }

    private static void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + second.postgres().address() + ":"
                                + second.postgres().port() + "/postgres",
                        "postgres",
                        "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void redis(java.util.function.Consumer<RedisCommands<String, String>> work) {
        redisOf(second, work);
    }

    private static void redisOf(Stores stores, java.util.function.Consumer<RedisCommands<String, String>> work) {
        try (RedisClient client = RedisClient.create(stores.redisUrl().reveal())) {
            work.accept(client.connect().sync());
        }
    }
}
