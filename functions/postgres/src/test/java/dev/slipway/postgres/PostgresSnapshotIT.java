package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Severity;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSnapshotIT extends WithDatabases {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());

    @TempDir
    Path kept;

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @Test
    void takesACopyThatPgRestoreReads() throws Exception {
        StoreUrl source = databases.nasty();
        Artifacts artifacts = new FolderArtifacts(kept);
        SnapshotManifest manifest = engine.snapshot(source, artifacts, "snapshots/1/db", Progress.SILENT);
        byte[] dump =
                artifacts.read("snapshots/1/db/database.dump").orElseThrow().readAllBytes();
        SnapshotManifest.Part part = manifest.parts().getFirst();
        assertThat(part.bytes()).isEqualTo(dump.length);
        assertThat(part.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(dump)));
        assertThat(manifest.items()).isEqualTo(1287);
        assertThat(new String(
                        artifacts
                                .read("snapshots/1/db/tables.tsv")
                                .orElseThrow()
                                .readAllBytes(),
                        StandardCharsets.UTF_8))
                .contains("public.person\t499\n");

        Path file = Files.write(folder.resolve("database.dump"), dump);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        TOOLS.program("pg_restore", source, 15).run(rows, "--data-only", "--table=no_key", "--file=-", file.toString());
        assertThat(rows.toString(StandardCharsets.UTF_8)).contains("1\ttwice\n1\ttwice\n1\ttwice\n\\N\t\\N\n");
    }

    @Test
    void saysWhichClientIsMissing() {
        StoreUrl source = databases.fresh();
        PostgresEngine bare = new PostgresEngine(PostgresTools.find(Map.of("PATH", "/nowhere")));
        assertThatThrownBy(() -> bare.snapshot(source, new FolderArtifacts(kept), "s", Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("SLIPWAY_PG_TOOLS");
    }

    @Test
    void findsTheTraps() {
        StoreUrl store = databases.nasty();
        Inspection inspection = engine.inspect(store);
        assertThat(inspection.version()).startsWith("15.");
        assertThat(inspection.empty()).isFalse();
        assertThat(inspection.bytes()).isGreaterThan(5_000_000);
        assertThat(inspection.items()).isBetween(1000L, 2000L);
        assertThat(inspection.findings())
                .extracting(Finding::subject)
                .contains(
                        "5 tables",
                        "table public.unlogged_table",
                        "the large objects",
                        "constraint sane on public.person");
    }

    @Test
    void refusesAUserWhoWouldSeeNoRows() {
        StoreUrl store = databases.managed();
        run(
                store,
                "CREATE TABLE a (id int); ALTER TABLE a ENABLE ROW LEVEL SECURITY; ALTER TABLE a FORCE ROW LEVEL SECURITY");
        assertThat(engine.inspect(store).findings()).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKER);
            assertThat(finding.subject()).isEqualTo("relation public.a");
            assertThat(finding.message()).contains("BYPASSRLS");
        });
    }

    @Test
    void callsANewDatabaseEmpty() {
        Inspection inspection = engine.inspect(databases.managed());
        assertThat(inspection.empty()).isTrue();
        assertThat(inspection.items()).isZero();
        assertThat(inspection.findings()).noneMatch(finding -> finding.severity() == Severity.BLOCKER);
    }
}
