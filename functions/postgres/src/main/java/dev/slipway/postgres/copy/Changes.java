package dev.slipway.postgres.copy;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.CopyPart;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Gatherers;

/**
 * Changes to a target on which a copy ends: all in one transaction, or, where a server has not as many locks as that would take, a few
 * at a time, each with the note that it is done.
 */
final class Changes {
    private static final int TOGETHER = 100;
    private final PostgresSession target;
    private final CopyLedger ledger;
    private final boolean apart;

    /** @param apart whether each is a transaction; otherwise one is open */
    Changes(PostgresSession target, CopyLedger ledger, boolean apart) {
        this.target = target;
        this.ledger = ledger;
        this.apart = apart;
    }

    /** What cannot be done twice. */
    void once(String step, PostgresSession.Work work) throws SQLException {
        CopyPart part = CopyLedger.finish(step);
        if (!apart) {
            work.run();
        } else if (!ledger.has(target, part)) {
            target.transaction(() -> {
                work.run();
                ledger.note(target, part, "");
            });
        }
    }

    /** What comes to the same when it is done again. */
    void again(PostgresSession.Work work) throws SQLException {
        if (apart) {
            target.transaction(() -> {
                work.run();
                ledger.demandHeld(target);
            });
        } else {
            work.run();
        }
    }

    /** Statements that come to the same when they are executed again, or are not there any more then. */
    void again(List<String> statements) throws SQLException {
        for (List<String> some :
                statements.stream().gather(Gatherers.windowFixed(TOGETHER)).toList()) {
            again(() -> target.executeAll(some));
        }
    }
}
