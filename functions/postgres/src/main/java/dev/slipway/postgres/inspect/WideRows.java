package dev.slipway.postgres.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Severity;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.QuickLook;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds rows that are large for the server or for a worker's memory, among a sample. */
final class WideRows {
    /** MaxAllocSize in utils/memutils.h: a row that is sent is one piece of memory. */
    private static final long LARGEST_OF_SERVER = 0x3fffffffL;

    private static final long LARGE_FOR_WORKER = 64_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private final PostgresSession session;

    WideRows(PostgresSession session) {
        this.session = session;
    }

    private record Table(String name, String statement) {}

    List<Trap> check(List<Detail> details) throws SQLException {
        QuickLook look = new QuickLook(session, PATIENCE);
        Map<String, Long> widest = new TreeMap<>();
        List<Trap> traps = new ArrayList<>();
        for (Table table : session.query(
                Sql.file("inspect/wide-tables"), row -> new Table(row.getString("name"), row.getString("statement")))) {
            look.numbers(table.statement)
                    .ifPresentOrElse(
                            found -> widest.put(table.name, found.getFirst()),
                            () -> traps.add(Trap.notChecked("the rows of " + table.name, "no privilege, or no time")));
        }
        widest.forEach((name, bytes) -> {
            if (bytes > LARGE_FOR_WORKER) {
                traps.add(trap(name, bytes));
            }
        });
        details.add(new Detail("widestRows", widest, ""));
        return traps;
    }

    private static Trap trap(String table, long bytes) {
        return bytes > LARGEST_OF_SERVER
                ? new Trap(
                        Severity.BLOCKER,
                        "table",
                        table,
                        "has a row of {" + bytes + " B}, and a server sends none above {" + LARGEST_OF_SERVER + " B}",
                        "spread what it holds over several rows")
                : new Trap(
                        Severity.WARNING,
                        "table",
                        table,
                        "has a row of {" + bytes
                                + " B} among those looked at, which is in memory as a whole while it is copied",
                        "copy with fewer jobs, or give the worker more memory");
    }
}
