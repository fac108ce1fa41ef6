package dev.slipway.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.postgres.table.CopyPart;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowFormat;
import dev.slipway.postgres.table.TableChunk;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingChunksTest {
    private static final long MB = 1 << 20;
    private static final CopyPart WHOLE = new CopyPart("table", "\"s\".\"t\"");

    @Test
    void ofAnUntouchedTableEverythingIsMissing() {
        assertThat(missing(table(200, 1))).extracting(TableChunk::from).containsExactly(0L, 8192L, 16_384L, 24_576L);
    }

    @Test
    void ofATableThatWasCopiedWholeNothingIs() {
        assertThat(missing(table(10, 1), WHOLE)).isEmpty();
    }

    @Test
    void whatLiesBetweenTheNotesIsMissingThoughTheTableWouldBeCutInAnotherWayToday() {
        List<TableChunk> missing = missing(table(300, 1), blocks(1, "0 to 8192"), blocks(1, "16384 to 24576"));
        assertThat(missing).extracting(TableChunk::from).containsExactly(8192L, 13_653L, 24_576L);
        assertThat(missing).extracting(TableChunk::to).containsExactly(13_653L, 16_384L, TableChunk.OPEN);
    }

    @Test
    void theOpenEndIsMissingThoughTheTableHasBecomeShorter() {
        assertThat(missing(table(200, 1), blocks(1, "0 to 30000")))
                .singleElement()
                .satisfies(rest -> assertThat(rest.rows()).endsWith("WHERE ctid >= '(30000,0)'::tid"));
    }

    @Test
    void nothingIsMissingWhereTheNotesReachFromTheFirstBlockToTheOpenEnd() {
        assertThat(missing(table(200, 1), blocks(1, "24576"), blocks(1, "0 to 24576")))
                .isEmpty();
    }

    @Test
    void notesOfAFileThatTheRowsHaveLeftDoNotCount() {
        assertThat(MissingChunks.beside(table(200, 2), List.of(blocks(1, "0 to 8192")), TableChunk.BYTES))
                .isEmpty();
    }

    @Test
    void notesThatOverlapDoNotCount() {
        assertThat(MissingChunks.beside(table(200, 1), List.of(WHOLE, blocks(1, "0 to 8192")), TableChunk.BYTES))
                .isEmpty();
        assertThat(MissingChunks.beside(
                        table(200, 1), List.of(blocks(1, "0 to 9000"), blocks(1, "8192")), TableChunk.BYTES))
                .isEmpty();
    }

    private static List<TableChunk> missing(PostgresTable table, CopyPart... noted) {
        return MissingChunks.beside(table, List.of(noted), TableChunk.BYTES)
                .orElseThrow()
                .missing();
    }

    private static CopyPart blocks(long file, String range) {
        return new CopyPart("blocks of " + file + " from " + range, WHOLE.name());
    }

    private static PostgresTable table(long megabytes, long file) {
        return new PostgresTable(
                "s",
                "t",
                PostgresTable.Kind.TABLE,
                "",
                megabytes * MB,
                25_600,
                file,
                0,
                RowFormat.BINARY,
                List.of("a"),
                List.of(),
                List.of());
    }
}
