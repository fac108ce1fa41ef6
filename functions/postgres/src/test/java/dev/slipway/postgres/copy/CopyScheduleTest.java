package dev.slipway.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.postgres.schema.IndexScript;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowFormat;
import dev.slipway.postgres.table.TableChunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyScheduleTest {
    private static final long MB = 1L << 20;
    private final CopySchedule schedule = new CopySchedule();

    @Test
    void smallTablesGoTogetherAndSoDoTheirIndexes() throws InterruptedException {
        schedule.add(List.of(chunk("a")), List.of(index("a_key")), MB);
        schedule.add(List.of(chunk("b")), List.of(), MB);
        schedule.add(List.of(chunk("c")), List.of(index("c_key")), MB);
        assertThat(schedule.pieces()).isEqualTo(2);
        assertThat(inOrder())
                .containsExactly(
                        new CopyPiece.Rows(List.of(chunk("a"), chunk("b"), chunk("c"))),
                        new CopyPiece.Indexes(List.of(index("a_key"), index("c_key"))));
    }

    @Test
    void noMoreGoTogetherThanOneTransactionIsWorth() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            schedule.add(List.of(chunk("t" + i)), List.of(), 2 * MB);
        }
        assertThat(inOrder())
                .hasSize(3)
                .allSatisfy(piece -> assertThat(piece)
                        .isInstanceOfSatisfying(
                                CopyPiece.Rows.class,
                                rows -> assertThat(rows.chunks()).hasSize(2)));
    }

    @Test
    void anIndexWaitsForAllPartsOfItsTable() throws InterruptedException {
        PostgresTable table = chunk("large").table();
        TableChunk first = new TableChunk(table, 0, 10);
        TableChunk second = new TableChunk(table, 10, TableChunk.OPEN);
        schedule.add(List.of(first, second), List.of(index("one"), index("two")), 100 * MB);
        schedule.add(List.of(index("free")));
        Backlog<CopyPiece> backlog = schedule.backlog();
        assertThat(backlog.next()).isEqualTo(new CopyPiece.Rows(List.of(first)));
        CopyPiece last = backlog.next();
        assertThat(last).isEqualTo(new CopyPiece.Rows(List.of(second)));
        assertThat(backlog.next()).isEqualTo(new CopyPiece.Indexes(List.of(index("free"))));
        assertThat(schedule.pieces()).isEqualTo(5);
    }

    @Test
    void theIndexesOfATableThatIsThereAreReadyAtOnce() throws InterruptedException {
        schedule.add(List.of(), List.of(index("one")), 100 * MB);
        assertThat(inOrder()).containsExactly(new CopyPiece.Indexes(List.of(index("one"))));
    }

    private List<CopyPiece> inOrder() throws InterruptedException {
        Backlog<CopyPiece> backlog = schedule.backlog();
        List<CopyPiece> pieces = new ArrayList<>();
        for (CopyPiece piece = backlog.next(); piece != null; piece = backlog.next()) {
            pieces.add(piece);
            backlog.done(piece);
        }
        return pieces;
    }

    private static IndexScript index(String name) {
        return new IndexScript("s", name, false, "");
    }

    private static TableChunk chunk(String name) {
        return new TableChunk(
                new PostgresTable(
                        "s",
                        name,
                        PostgresTable.Kind.TABLE,
                        "",
                        1,
                        1,
                        1,
                        0,
                        RowFormat.BINARY,
                        List.of("a"),
                        List.of(),
                        List.of()),
                0,
                TableChunk.OPEN);
    }
}
