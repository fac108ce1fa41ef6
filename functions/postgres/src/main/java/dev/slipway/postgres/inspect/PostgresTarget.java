package dev.slipway.postgres.inspect;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.postgres.copy.PostgresCopy;
import dev.slipway.postgres.session.InspectionQuery;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a target does not take of a source: because of what it holds, of what its role may do, or of what its server is made of. */
public final class PostgresTarget {
    private static final String THE_TARGET = "the target";

    private final PostgresSession from;
    private final PostgresSession to;
    private final Topics here;
    private final Topics there;
    private final Traps traps = new Traps();

    public PostgresTarget(PostgresSession from, PostgresSession to) throws SQLException {
        this.from = from;
        this.to = to;
        this.here = Topics.read(from, "inspect/pair-source");
        this.there = Topics.read(to, "inspect/pair-target");
    }

    /** Names by topic. */
    private record Topics(Map<String, Set<String>> names) {
        static Topics read(PostgresSession session, String file) throws SQLException {
            Map<String, Set<String>> names = new TreeMap<>();
            session.query(
                    InspectionQuery.single(file),
                    row -> names.computeIfAbsent(row.getString("topic"), _ -> new TreeSet<>())
                            .add(row.getString("name")));
            return new Topics(names);
        }

        Set<String> of(String topic) {
            return names.getOrDefault(topic, Set.of());
        }

        boolean has(String topic) {
            return names.containsKey(topic);
        }
    }

    public List<Finding> findings() throws SQLException {
        content();
        rights();
        extensions();
        collations();
        order();
        settings();
        return traps.findings();
    }

    private void content() throws SQLException {
        if (there.has("standby")) {
            blocker("", THE_TARGET, "is a standby, which cannot be written", "name the primary");
        }
        if (PostgresCopy.isEmpty(to)) {
            return;
        }
        if (to.only("SELECT to_regclass('slipway.copy') IS NOT NULL", row -> row.getBoolean(1))) {
            warning("", THE_TARGET, "holds a copy that did not end", "copy again, and it goes on");
        } else {
            blocker(
                    "",
                    THE_TARGET,
                    "is not empty, and a copy to it is refused unless both hold the same",
                    "name an empty database, or empty it");
        }
    }

    private void rights() {
        there.of("lacks").forEach(this::lacks);
        if (here.has("public")) {
            there.of("lacks in public").forEach(this::lacks);
        }
    }

    private void lacks(String right) {
        blocker("", THE_TARGET, "gives the login no " + right, "grant it, or log in as the database's owner");
    }

    private void extensions() {
        Severity severity = there.has("managed") ? Severity.WARNING : Severity.BLOCKER;
        here.of("extension").stream()
                .filter(there.of("refused extension")::contains)
                .forEach(extension -> traps.add(new Trap(
                        severity,
                        "extension",
                        extension,
                        "may be made by a superuser only, unless the target's provider allows more",
                        "let a superuser CREATE EXTENSION there first, or look at what the provider allows")));
    }

    private void collations() {
        here.of("collation").stream()
                .filter(collation -> !there.of("collation").contains(collation))
                .forEach(collation -> blocker(
                        "collation",
                        collation,
                        "{is|are} used by columns or indexes, and the target does not offer {it|them}",
                        "change to one that both sides have, for instance of ICU"));
    }

    private void order() throws SQLException {
        if (answer(from, "inspect/order-of-text").equals(answer(to, "inspect/order-of-text"))) {
            return;
        }
        here.of("range of text")
                .forEach(table -> blocker(
                        "partitioned table",
                        table,
                        "{is|are} divided by ranges of text, which the target sorts in another order",
                        "make the target's database with the source's collation"));
        String named = from.only(Sql.file("access/texts"), row -> row.getString("order"));
        if (named.equals(to.only(Sql.file("access/texts"), row -> row.getString("order")))) {
            warning(
                    "",
                    THE_TARGET,
                    "sorts text otherwise than the source, though both call it " + named,
                    "make the target with the order that the source really has (C on Alpine), or look through what depends on it");
        }
    }

    private static String answer(PostgresSession session, String file) throws SQLException {
        return session.only(Sql.file(file), row -> row.getString(1));
    }

    private void settings() throws SQLException {
        Map<String, String> target = settings(to);
        settings(from).forEach((name, value) -> {
            String other = target.getOrDefault(name, "not known");
            if (!other.equals(value)) {
                warning(
                        "setting",
                        name,
                        "is '" + value + "' for the source's login and '" + other + "' for the target's",
                        "ALTER DATABASE … SET it on the target if the app relies on it");
            }
        });
    }

    private static Map<String, String> settings(PostgresSession session) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        session.query(
                Sql.file("inspect/answer-settings"),
                row -> settings.put(row.getString("name"), row.getString("reset_val")));
        return settings;
    }

    private void blocker(String noun, String subject, String what, String remedy) {
        traps.add(new Trap(Severity.BLOCKER, noun, subject, what, remedy));
    }

    private void warning(String noun, String subject, String what, String remedy) {
        traps.add(new Trap(Severity.WARNING, noun, subject, what, remedy));
    }
}
