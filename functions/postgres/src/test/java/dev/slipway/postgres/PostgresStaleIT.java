package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source that was written to between a copy that was killed in its middle and the next one. */
@Tag("battery")
class PostgresStaleIT extends WithDatabases {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final String COPIED =
            "SELECT name FROM slipway.copied WHERE step = 'table' AND rows > 0 ORDER BY name LIMIT 1";
    private static final String MISSING =
            "SELECT quote_ident(nspname) || '.' || quote_ident(relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                    + " WHERE relname ~ '^t[1-8]$' AND NOT EXISTS (SELECT 1 FROM slipway.copied WHERE name ~ relname) LIMIT 1";

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "fenced   | UPDATE %s SET text = 'written in between' WHERE id % 1000 = 5",
                "unfenced | UPDATE %s SET text = 'written in between' WHERE id % 1000 = 5",
                "fenced   | DELETE FROM %s WHERE id > 3000",
                "unfenced | DELETE FROM %s WHERE id > 3000",
                "fenced   | INSERT INTO %s VALUES (0, 'new')",
                "unfenced | INSERT INTO %s VALUES (0, 'new')",
                "fenced   | UPDATE %s SET id = -id",
                "unfenced | UPDATE %s SET id = -id",
                "fenced   | TRUNCATE %s",
                "unfenced | TRUNCATE %s",
                "fenced   | ALTER TABLE %s ALTER COLUMN id TYPE bigint",
                "unfenced | ALTER TABLE %s ALTER COLUMN id TYPE bigint",
                "fenced   | DROP TABLE %s",
                "unfenced | DROP TABLE %s",
            })
    void leavesNothingStaleOnTheTarget(String how, String write) throws IOException, SQLException {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        boolean fenced = how.equals("fenced");
        if (fenced) {
            engine.fence(source, FIRST);
        }
        EightTables.killMidway(TOOLS, source, target, how);
        String copied = ask(target, COPIED);
        String missing = ask(target, MISSING);
        if (fenced) {
            engine.unfence(source, FIRST);
        }
        run(source, write.replace("%s", copied));
        run(source, write.replace("%s", missing));
        if (fenced) {
            engine.fence(source, SECOND);
        }

        CopyOptions options = fenced ? CopyOptions.under(SECOND) : CopyOptions.unfenced();
        assertThat(engine.copy(source, target, options, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(TableSums.of(target)).isEqualTo(TableSums.of(source));
    }
}
