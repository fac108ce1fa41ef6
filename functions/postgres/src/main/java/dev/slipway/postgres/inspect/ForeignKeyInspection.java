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
import java.util.Optional;

/** Finds foreign keys that their own rows violate, as rows do that were written while triggers were off. */
final class ForeignKeyInspection {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private final PostgresSession session;

    ForeignKeyInspection(PostgresSession session) {
        this.session = session;
    }

    private record Key(String name, String statement, boolean tooLarge) {}

    /** What was looked at, and how much was not, is a detail. */
    List<Trap> check(List<Detail> details) throws SQLException {
        List<Key> keys = session.query(
                Sql.file("schema/foreign-keys"),
                row -> new Key(row.getString("name"), row.getString("statement"), row.getBoolean("too_large")));
        QuickLook look = new QuickLook(session, PATIENCE);
        List<String> violated = new ArrayList<>();
        int checked = 0;
        for (Key key : keys) {
            Optional<List<Long>> found = key.tooLarge ? Optional.empty() : look.numbers(key.statement);
            checked += found.isPresent() ? 1 : 0;
            if (found.isPresent() && !found.get().isEmpty()) {
                violated.add(key.name);
            }
        }
        details.add(detail(keys.size(), checked, violated));
        return violated.stream().map(ForeignKeyInspection::trap).toList();
    }

    private static Detail detail(int all, int checked, List<String> violated) {
        Map<String, Object> value = Map.of("checked", checked, "notChecked", all - checked, "violated", violated);
        List<String> parts = new ArrayList<>();
        parts.add((checked - violated.size()) + " hold");
        if (!violated.isEmpty()) {
            parts.add(violated.size() + " violated");
        }
        if (checked < all) {
            parts.add((all - checked) + " not checked (too large, or no privilege)");
        }
        return new Detail("foreignKeys", value, all == 0 ? Detail.NONE : String.join(", ", parts));
    }

    private static Trap trap(String name) {
        return new Trap(
                Severity.WARNING,
                "foreign key",
                name,
                "{is|are} violated by rows that are there, and will be NOT VALID on the target",
                "correct the rows, or validate {it|them} there when they are");
    }
}
