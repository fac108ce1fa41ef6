package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Tables that are small on disk, while what is asked of a server and what it answers are long. */
@Tag("battery")
class PostgresWideTablesIT extends WithDatabases {
    private static final String HUNDRED_TABLES = """
            DO $$
            DECLARE columns text := string_agg(', ' || rpad('c' || n, 63, '_') || ' bool', '') FROM generate_series(1, 1599) n;
            BEGIN
                FOR i IN 1..100 LOOP
                    EXECUTE format('CREATE TABLE wide_%s (t text%s)', i, columns);
                    EXECUTE format('INSERT INTO wide_%s VALUES (repeat(''x'', 1000000))', i);
                END LOOP;
            END $$
            """;

    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));

    @Test
    @Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
    void areNotAskedForSoManyAtOnceThatBothEndsWaitForEachOther() {
        StoreUrl source = databases.fresh();
        StoreUrl target = databases.managed();
        run(source, HUNDRED_TABLES);
        assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }
}
