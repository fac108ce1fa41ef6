package dev.slipway.postgres.snapshot;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.tools.PostgresProcess;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** Takes a safety copy with pg_dump, as one consistent moment, together with how many rows each table had then. */
public final class PostgresSnapshot {
    private static final String FORMAT = "pg_dump custom";
    private final PostgresTools tools;

    public PostgresSnapshot(PostgresTools tools) {
        this.tools = tools;
    }

    public SnapshotManifest run(StoreUrl source, Artifacts artifacts, String prefix, Progress progress) {
        String what = "take a safety copy of " + source;
        try (PostgresSession session = PostgresSession.open(source)) {
            String snapshot = session.exportSnapshot();
            PostgresProcess dump = tools.program("pg_dump", source, session.majorVersion());
            SnapshotManifest.Part database = part(
                    artifacts,
                    prefix + "/database.dump",
                    progress,
                    out -> dump.run(
                            // The least compression: the source's processor is the app's.
                            out, "--format=custom", "--compress=1", "--encoding=UTF8", "--snapshot=" + snapshot));
            StringBuilder counts = new StringBuilder();
            long rows = count(session, counts);
            byte[] table = counts.toString().getBytes(StandardCharsets.UTF_8);
            SnapshotManifest.Part tables =
                    part(artifacts, prefix + "/tables.tsv", Progress.SILENT, out -> out.write(table));
            return new SnapshotManifest(StoreKind.POSTGRES, FORMAT, rows, List.of(database, tables));
        } catch (SQLException e) {
            throw PostgresFailure.copy(what, e);
        } catch (IOException e) {
            throw new CopyFailed(
                    what, String.valueOf(e.getMessage()), "remove the cause that it names, then run again", e);
        }
    }

    private static SnapshotManifest.Part part(
            Artifacts artifacts, String key, Progress progress, Artifacts.Content content) throws IOException {
        DigestedContent digested = new DigestedContent(content, key, progress);
        artifacts.write(key, digested);
        return digested.part();
    }

    private static long count(PostgresSession session, StringBuilder counts) throws SQLException {
        long all = 0;
        for (PostgresTable table : PostgresTable.all(session)) {
            if (table.kind() == PostgresTable.Kind.TABLE) {
                long rows = session.only("SELECT count(*)" + table.from(), row -> row.getLong(1));
                counts.append(table.name()).append('\t').append(rows).append('\n');
                all += rows;
            }
        }
        return all;
    }
}
