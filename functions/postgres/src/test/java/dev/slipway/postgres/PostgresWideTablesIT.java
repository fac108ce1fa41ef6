package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Tables that are small on disk, whose every statement is long, and whose answers are too. */
class PostgresWideTablesIT extends WithDatabases {
    private static final String HUNDRED_TABLES = """
            DO $$
            DECLARE columns text := string_agg(', ' || rpad('c' || n, 63, '_') || ' bool', '') FROM generate_series(1, 1599) n;
            BEGIN
                FOR i IN 1..100 LOOP
                    EXECUTE format('CREATE TABLE wide_%s (t %s%s)', i, kind, columns);
                    EXECUTE format('INSERT INTO wide_%s %s', i, rows);
                END LOOP;
            END $$
            """;

    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));

    @Test
    @Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
    void areNotAskedForSoManyAtOnceThatBothEndsWaitForEachOther() {
        copiesAndCompares("text", "VALUES (repeat('x', 1000000))");
    }

    @Test
    @Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
    void mayBeEmpty() {
        copiesAndCompares("text[]", "SELECT WHERE false");
    }

    private void copiesAndCompares(String kind, String rows) {
        StoreUrl source = databases.fresh();
        StoreUrl target = databases.managed();
        run(source, HUNDRED_TABLES.replace("kind,", "'" + kind + "',").replace("rows)", "$r$" + rows + "$r$)"));
        CopyOptions options = CopyOptions.unfenced();
        assertThat(engine.copy(source, target, options, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }
}
