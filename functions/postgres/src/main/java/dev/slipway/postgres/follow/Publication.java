package dev.slipway.postgres.follow;

import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** All tables of a database, published for one stream. */
final class Publication {
    private Publication() {}

    /** Makes it anew, before the slot: changes are decoded with the publication as it was when they were made. */
    static void make(PostgresSession session, ChangeStream stream) throws SQLException {
        List<FollowedTable> tables = FollowedTable.all(session);
        RowIdentities.identify(session, tables);
        String all = tables.stream().map(table -> "ONLY " + table.name()).collect(Collectors.joining(", "));
        session.transaction(() -> {
            drop(session, stream);
            session.execute("CREATE PUBLICATION " + stream.quoted() + (all.isEmpty() ? "" : " FOR TABLE " + all));
        });
    }

    static void drop(PostgresSession session, ChangeStream stream) throws SQLException {
        session.execute("DROP PUBLICATION IF EXISTS " + stream.quoted());
    }
}
