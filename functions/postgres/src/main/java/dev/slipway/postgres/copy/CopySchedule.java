package dev.slipway.postgres.copy;

import dev.slipway.postgres.schema.IndexScript;
import dev.slipway.postgres.table.TableChunk;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a copy in the order in which they are begun. Indexes follow the rows of their table; small tables go together, because
 * on a long line a transaction takes longer than their rows.
 */
public final class CopySchedule {
    /** Rows and indexes of the tables that go together: as much as is sent while one answer is waited for on a fast line of 40 ms. */
    public static final long TOGETHER_BYTES = 4L << 20;

    /** Tables, however small: a transaction that breaks is begun anew. */
    public static final int TOGETHER = 100;

    private final List<CopyPiece> ready = new ArrayList<>();
    private final IdentityHashMap<CopyPiece, Stage> stages = new IdentityHashMap<>();
    private int followers;
    private @Nullable Group group;

    /** Pieces of rows, and what follows when all of them are done. */
    private static final class Stage {
        private final List<CopyPiece> after;
        private int missing;

        Stage(int missing, List<CopyPiece> after) {
            this.missing = missing;
            this.after = after;
        }
    }

    /** Small tables, so far. */
    private static final class Group {
        private final List<TableChunk> rows = new ArrayList<>();
        private final List<IndexScript> indexes = new ArrayList<>();
        private long weight;
    }

    /** @param weight of the table with its indexes, in bytes */
    public void add(List<TableChunk> rows, List<IndexScript> indexes, long weight) {
        if (rows.size() == 1 && weight < TOGETHER_BYTES) {
            addSmall(rows.getFirst(), indexes, weight);
        } else {
            addStage(
                    rows.stream()
                            .map(chunk -> new CopyPiece.Rows(List.of(chunk)))
                            .toList(),
                    each(indexes));
        }
    }

    /** Indexes that wait for no rows. */
    public void add(List<IndexScript> indexes) {
        addStage(List.of(), each(indexes));
    }

    private void addSmall(TableChunk rows, List<IndexScript> indexes, long weight) {
        Group open = group;
        if (open == null || open.weight + weight > TOGETHER_BYTES || open.rows.size() == TOGETHER) {
            close();
            open = new Group();
            group = open;
        }
        open.rows.add(rows);
        open.indexes.addAll(indexes);
        open.weight += weight;
    }

    private void close() {
        if (group != null) {
            List<CopyPiece> after = group.indexes.isEmpty() ? List.of() : List.of(new CopyPiece.Indexes(group.indexes));
            addStage(List.of(new CopyPiece.Rows(group.rows)), after);
            group = null;
        }
    }

    private void addStage(List<? extends CopyPiece> rows, List<CopyPiece> after) {
        if (rows.isEmpty()) {
            ready.addAll(after);
            return;
        }
        Stage stage = new Stage(rows.size(), after);
        rows.forEach(piece -> stages.put(piece, stage));
        ready.addAll(rows);
        followers += after.size();
    }

    private static List<CopyPiece> each(List<IndexScript> indexes) {
        return indexes.stream()
                .<CopyPiece>map(index -> new CopyPiece.Indexes(List.of(index)))
                .toList();
    }

    Backlog<CopyPiece> backlog() {
        close();
        return new Backlog<>(ready, this::followers);
    }

    /** How many there are, those that wait included. */
    int pieces() {
        close();
        return ready.size() + followers;
    }

    private List<CopyPiece> followers(CopyPiece done) {
        return Optional.ofNullable(stages.get(done))
                .filter(stage -> --stage.missing == 0)
                .map(stage -> stage.after)
                .orElse(List.of());
    }
}
