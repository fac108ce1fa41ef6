package dev.slipway.postgres.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowFormat;
import dev.slipway.postgres.table.TableChunk;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShardPlanTest {
    private static final long MB = 1 << 20;
    private static final long GB = 1 << 30;

    @Test
    void cutsALargeTableIntoShardsOfTheSameSize() {
        List<List<TableChunk>> shards = ShardPlan.cut(TableChunk.of(table("a", 64 * GB)), 4);
        assertThat(shards)
                .hasSize(16)
                .allSatisfy(shard -> assertThat(ShardPlan.bytes(shard)).isBetween(4 * GB - 64 * MB, 4 * GB + 64 * MB));
    }

    @Test
    void givesEachWorkerAShardOfASmallDatabase() {
        assertThat(ShardPlan.cut(tables(8, MB), 3)).extracting(List::size).containsExactly(3, 3, 2);
    }

    @Test
    void putsManySmallTablesTogetherBesideALargeOne() {
        List<List<TableChunk>> shards = ShardPlan.cut(
                Stream.concat(TableChunk.of(table("a", 60 * MB)).stream(), tables(30, MB / 4).stream())
                        .toList(),
                3);
        assertThat(shards).extracting(List::size).containsExactly(1, 15, 15);
    }

    @Test
    void losesNoChunkAndKeepsTheirOrder() {
        List<TableChunk> chunks = Stream.concat(
                        TableChunk.of(table("a", 5 * GB)).stream(), tables(100, 10 * MB).stream())
                .toList();
        assertThat(ShardPlan.cut(chunks, 32)).hasSize(32).doesNotContain(List.<TableChunk>of());
        assertThat(ShardPlan.cut(chunks, 32).stream().flatMap(List::stream)).containsExactlyElementsOf(chunks);
    }

    @Test
    void makesNoMoreShardsThanThereAreChunks() {
        assertThat(ShardPlan.cut(tables(2, MB), 5)).hasSize(2);
        assertThat(ShardPlan.cut(List.of(), 5)).isEmpty();
    }

    @Test
    void cutsEmptyTablesToo() {
        assertThat(ShardPlan.cut(tables(4, 0), 3).stream().flatMap(List::stream))
                .hasSize(4);
    }

    private static List<TableChunk> tables(int count, long bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TableChunk(table("t" + i, bytes), 0, TableChunk.OPEN))
                .toList();
    }

    private static PostgresTable table(String name, long bytes) {
        return new PostgresTable(
                "s",
                name,
                PostgresTable.Kind.TABLE,
                "",
                bytes,
                bytes / 8192,
                1,
                0,
                RowFormat.BINARY,
                List.of("a"),
                List.of(),
                List.of());
    }
}
