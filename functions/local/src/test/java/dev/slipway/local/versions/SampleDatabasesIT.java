package dev.slipway.local.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.PostgresEngine;
import dev.slipway.postgres.tools.PostgresTools;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that others made to show what databases are like: a shop for music, and a chain of food stores. */
@Tag("battery")
class SampleDatabasesIT {
    private static final Path SAMPLES =
            Path.of(System.getProperty("slipway.root", ".")).resolve("functions/local/target/samples");

    @TempDir
    static Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"chinook,PlaylistTrack", "foodmart,sales_fact_1997"})
    void isCopiedToANewerServerWholeAndAlike(String name, String table) throws Exception {
        try (ServersOfEachVersion servers = new ServersOfEachVersion(folder.resolve(name))) {
            StoreUrl source = servers.fresh(15);
            StoreUrl target = servers.managed(18);
            long rows;
            try (Connection connection = ServersOfEachVersion.connect(source)) {
                rows = new HsqldbScript(SAMPLES.resolve(name + ".script")).load(connection);
            }
            Path tools = ServersOfEachVersion.newestTools();
            PostgresEngine engine = new PostgresEngine(PostgresTools.in(tools));
            assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.items()).isEqualTo(rows).isGreaterThan(15_000));
            assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
            assertThat(SchemaDump.differences(tools.resolve("pg_dump"), source, target))
                    .isEmpty();
            ServersOfEachVersion.run(target, "DELETE FROM \"" + name + "\".\"" + table + "\" WHERE ctid = '(0,1)'");
            assertThat(engine.compare(source, target, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Different.class,
                            different -> assertThat(different.first())
                                    .singleElement()
                                    .satisfies(only -> assertThat(only.item()).contains(table)));
        }
    }
}
