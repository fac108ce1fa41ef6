package dev.slipway.postgres.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableChunkTest {
    private static final long MB = 1 << 20;

    @Test
    void aSmallTableIsOnePart() {
        List<TableChunk> chunks = TableChunk.of(table(64 * MB, 8192, ""));
        assertThat(chunks).singleElement().satisfies(whole -> {
            assertThat(whole.rows()).isEqualTo(" FROM ONLY \"s\".\"t\"");
            assertThat(whole.part()).isEqualTo(new CopyPart("table", "\"s\".\"t\""));
            assertThat(whole.share()).isEqualTo(1);
        });
    }

    @Test
    void aLargeOneIsCutWithoutAGapAndTheLastPartIsOpen() {
        List<TableChunk> chunks = TableChunk.of(table(200 * MB, 25_600, ""));
        assertThat(chunks).extracting(TableChunk::from).containsExactly(0L, 8192L, 16_384L, 24_576L);
        assertThat(chunks).extracting(TableChunk::to).containsExactly(8192L, 16_384L, 24_576L, TableChunk.OPEN);
        assertThat(chunks.getFirst().rows())
                .isEqualTo(" FROM ONLY \"s\".\"t\" WHERE ctid >= '(0,0)'::tid AND ctid < '(8192,0)'::tid");
        assertThat(chunks.getLast().rows()).isEqualTo(" FROM ONLY \"s\".\"t\" WHERE ctid >= '(24576,0)'::tid");
        assertThat(chunks.stream().mapToDouble(TableChunk::share).sum()).isEqualTo(1);
    }

    @Test
    void whatCountsIsHeapAndToastTogether() {
        assertThat(TableChunk.of(table(640 * MB, 100, ""))).hasSize(10);
        assertThat(TableChunk.of(table(100_000 * MB, 3, ""))).hasSize(3);
    }

    @Test
    void whatCannotBeReadByBlocksIsOnePart() {
        assertThat(TableChunk.of(table(640 * MB, 0, ""))).hasSize(1);
        assertThat(TableChunk.of(table(640 * MB, 81_920, "WHERE true"))).hasSize(1);
    }

    private static PostgresTable table(long bytes, long blocks, String condition) {
        return new PostgresTable(
                "s",
                "t",
                PostgresTable.Kind.TABLE,
                condition,
                bytes,
                blocks,
                16_384,
                0,
                RowFormat.BINARY,
                List.of("a"),
                List.of(),
                List.of());
    }
}
