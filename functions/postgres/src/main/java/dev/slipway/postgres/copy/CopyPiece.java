package dev.slipway.postgres.copy;

import dev.slipway.postgres.schema.IndexScript;
import dev.slipway.postgres.table.TableChunk;
import java.util.List;

/** What one session of a copy does in one transaction. */
sealed interface CopyPiece {
    /** Rows: a part of a large table, or several small tables. */
    record Rows(List<TableChunk> chunks) implements CopyPiece {
        public Rows {
            chunks = List.copyOf(chunks);
        }
    }

    /** Indexes: one on a large table, or those on several small ones. */
    record Indexes(List<IndexScript> scripts) implements CopyPiece {
        public Indexes {
            scripts = List.copyOf(scripts);
        }
    }
}
