package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.table.TableChunk;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that are larger than the worker's memory would hold twice. */
@Tag("battery")
class PostgresLargeRowIT extends WithDatabases {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final String TEXT = "repeat(md5('row'), 6553600)";
    private static final String BYTES = "decode(repeat(md5('row'), 13107200), 'hex')";

    private static final String COLUMNS =
            "SELECT string_agg(attname, ' ') FROM pg_attribute WHERE attrelid = 'large'::regclass AND attnum > 0";

    @Test
    void aValueOf200MegabytesPasses() throws Exception {
        passes("CREATE TABLE large AS SELECT 1 AS id, " + TEXT + " AS text");
    }

    @Test
    void bytesPassToo() throws Exception {
        passes("CREATE TABLE large AS SELECT 1 AS id, " + BYTES + " AS bytes");
    }

    @Test
    void aRowOfSeveralOfThemPasses() throws Exception {
        passes("CREATE TABLE large AS SELECT 1 AS id, " + TEXT + " AS a, " + TEXT + " AS b, " + TEXT
                + " AS c, 1 AS last");
    }

    @Test
    void aRowThatTheServerItselfCannotSendIsRefusedWithItsTablesName() throws Exception {
        StoreUrl source = databases.fresh();
        run(
                source,
                "CREATE TABLE large (id int, a text, b text, c text, d text, e text, f text);"
                        + " INSERT INTO large VALUES (1);"
                        + " UPDATE large SET a = " + TEXT + "; UPDATE large SET b = a; UPDATE large SET c = a;"
                        + " UPDATE large SET d = a; UPDATE large SET e = a; UPDATE large SET f = a");
        Path said = Files.createTempFile(folder, "worker", ".out");
        assertThat(copy(source, databases.managed(), said)).isEqualTo(2);
        assertThat(CopyToKill.said(Files.readString(said)))
                .contains("[public.large]")
                .endsWith(
                        ": a server can send no row of more than 1 GB: take large values out of the row, then copy again");
    }

    private static void passes(String table) throws IOException, InterruptedException {
        StoreUrl source = databases.fresh();
        StoreUrl target = databases.managed();
        run(source, table);
        Path said = Files.createTempFile(folder, "worker", ".out");
        assertThat(copy(source, target, said)).as(Files.readString(said)).isZero();
        for (String column : ask(source, COLUMNS).split(" ", -1)) {
            String digest = "SELECT length(" + column + "::text) || md5(" + column + "::text) FROM large";
            assertThat(ask(target, digest)).isEqualTo(ask(source, digest));
        }
    }

    private static int copy(StoreUrl source, StoreUrl target, Path said) throws IOException, InterruptedException {
        CopyToKill.Order order = new CopyToKill.Order(source, target, Optional.empty(), 2, TableChunk.BYTES);
        return CopyToKill.start(TOOLS, order, said, "-Xmx256m").waitFor();
    }
}
