package dev.slipway.postgres.compare;

import dev.slipway.postgres.copy.Backlog;
import dev.slipway.postgres.copy.CopySchedule;
import dev.slipway.postgres.copy.SessionJobs;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Wire;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.ReadLocks;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.RowQuestions;
import dev.slipway.postgres.table.TableChunk;
import dev.slipway.postgres.table.TableRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Digests the rows of one side's tables by several sessions, which all see what the first one sees. */
final class SideDigests {
    private static final int JOBS = 2;

    private final PostgresSession session;
    private final Map<PostgresTable, TableRows> rows;
    private final Function<PostgresTable, Consumer<RowDigest>> told;
    private final Map<PostgresTable, RowDigest> digests = new HashMap<>();

    /**
     * @param rows what of each table is read
     * @param told hears how much of a table has been read, for each part of it anew
     */
    SideDigests(
            PostgresSession session,
            Map<PostgresTable, TableRows> rows,
            Function<PostgresTable, Consumer<RowDigest>> told) {
        this.session = session;
        this.rows = rows;
        this.told = told;
    }

    public Map<PostgresTable, RowDigest> read() throws SQLException {
        List<List<TableChunk>> groups = groups();
        if (groups.size() > 1) {
            String snapshot = session.shareSnapshot();
            new SessionJobs<List<TableChunk>>(() -> open(snapshot))
                    .run(new Backlog<>(groups, done -> List.of()), Math.min(JOBS, groups.size()));
        } else if (!groups.isEmpty()) {
            read(session, groups.getFirst());
        }
        return digests;
    }

    private List<List<TableChunk>> groups() {
        List<TableChunk> chunks = rows.keySet().stream()
                .sorted(Comparator.comparingLong(PostgresTable::bytes).reversed())
                .flatMap(table -> TableChunk.of(table).stream())
                .toList();
        List<List<TableChunk>> groups = new ArrayList<>();
        long room = 0;
        for (TableChunk chunk : chunks) {
            if (groups.isEmpty() || groups.getLast().size() == CopySchedule.TOGETHER || chunk.estimatedBytes() > room) {
                groups.add(new ArrayList<>());
                room = CopySchedule.TOGETHER_BYTES;
            }
            groups.getLast().add(chunk);
            room -= chunk.estimatedBytes();
        }
        return groups;
    }

    private SessionJobs.Job<List<TableChunk>> open(String snapshot) throws SQLException {
        PostgresSession own = PostgresSession.open(session.url());
        own.importSnapshot(snapshot);
        ReadLocks locks = new ReadLocks(own);
        return new SessionJobs.Job<>() {
            @Override
            public List<PostgresSession> sessions() {
                return List.of(own);
            }

            @Override
            public void run(List<TableChunk> chunks) throws SQLException {
                locks.expectRows(chunks);
                read(own, chunks);
            }
        };
    }

    private void read(PostgresSession reader, List<TableChunk> chunks) throws SQLException {
        Wire wire = reader.wire();
        new RowQuestions(wire, chunks, this::rowsOf).read((chunk, asked) -> {
            RowDigest digest = new RowDigest();
            Consumer<RowDigest> listener = told.apply(chunk.table());
            asked.read(wire, digest, (frames, begin, length) -> listener.accept(digest));
            add(chunk.table(), digest);
        });
    }

    private TableRows rowsOf(TableChunk chunk) {
        return Objects.requireNonNull(rows.get(chunk.table()));
    }

    private synchronized void add(PostgresTable table, RowDigest digest) {
        digests.computeIfAbsent(table, first -> new RowDigest()).add(digest);
    }
}
