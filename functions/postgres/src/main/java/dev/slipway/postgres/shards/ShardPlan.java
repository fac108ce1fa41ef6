package dev.slipway.postgres.shards;

import dev.slipway.postgres.table.TableChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts chunks into shards of about the same size, each a run of neighbours: a large table reaches over many of them, many small tables
 * share one. There are some more shards than workers, so that one that is slow or has to be repeated does not keep all others waiting.
 */
final class ShardPlan {
    private static final int SHARDS_PER_WORKER = 4;
    /** Less than that is not worth the minute in which a worker starts. */
    private static final long WORTH_A_WORKER = 1L << 30;

    private ShardPlan() {}

    static List<List<TableChunk>> cut(List<TableChunk> chunks, int workers) {
        long left = bytes(chunks);
        long wanted = Math.clamp(left / WORTH_A_WORKER, workers, (long) workers * SHARDS_PER_WORKER);
        int shards = (int) Math.min(wanted, chunks.size());
        List<List<TableChunk>> cut = new ArrayList<>();
        int next = 0;
        for (int shard = 0; shard < shards; shard++) {
            int end = end(chunks, next, left / (shards - shard), chunks.size() - (shards - shard - 1));
            List<TableChunk> own = chunks.subList(next, end);
            cut.add(List.copyOf(own));
            left -= bytes(own);
            next = end;
        }
        return cut;
    }

    /** At least one chunk, and as many as come nearest to the fair share; the last ones are left to the shards that follow. */
    private static int end(List<TableChunk> chunks, int first, long fair, int last) {
        int end = first + 1;
        long filled = chunks.get(first).estimatedBytes();
        while (end < last && filled + chunks.get(end).estimatedBytes() / 2 <= fair) {
            filled += chunks.get(end++).estimatedBytes();
        }
        return end;
    }

    static long bytes(List<TableChunk> chunks) {
        return chunks.stream().mapToLong(TableChunk::estimatedBytes).sum();
    }
}
