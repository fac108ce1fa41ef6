package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import dev.slipway.servers.PostgresLaunch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server that every trap can be laid on. */
abstract class WithTraps {
    static final PostgresTools TOOLS = PostgresTools.find(System.getenv());

    @TempDir
    static Path folder;

    static Databases databases;
    final PostgresEngine engine = new PostgresEngine(TOOLS);

    @BeforeAll
    static void startServer() throws IOException {
        Map<String, String> settings = new HashMap<>(PostgresLaunch.FAST);
        settings.put("wal_level", "logical");
        settings.put("max_prepared_transactions", "5");
        settings.put("max_connections", "30");
        settings.put("max_locks_per_transaction", "10");
        settings.put("autovacuum_naptime", "1h");
        databases = new Databases(folder, settings);
    }

    @AfterAll
    static void stopServer() {
        databases.close();
    }

    void assertFound(LaidTrap trap) {
        StoreUrl store = databases.encoded("UTF8", "C.UTF-8");
        run(store, trap.lay());
        try {
            assertThat(engine.inspect(store).findings()).anySatisfy(trap::requireIn);
        } finally {
            if (!trap.lift().isEmpty()) {
                run(store, trap.lift());
            }
        }
    }
}
