package dev.slipway.postgres.access;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stands between a source and its target: what would make a copy fail in the middle, leave something out, or sort otherwise. */
public final class PostgresPair {
    private final StoreUrl source;
    private final PostgresSession from;
    private final PostgresSession to;

    public PostgresPair(StoreUrl source, PostgresSession from, PostgresSession to) {
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /** One thing, with what to do about it. */
    public record Obstacle(Severity severity, String subject, String what, String remedy) {
        public Finding finding() {
            return new Finding(severity, subject, what + ": " + remedy);
        }
    }

    /**
     * What a copy will not carry as it is.
     *
     * @throws CopyFailed naming the first thing that it would fail at
     */
    public List<Finding> demandPassable(String tried) throws SQLException {
        List<Obstacle> all = obstacles();
        rights(all);
        Optional<Obstacle> first = all.stream()
                .filter(obstacle -> obstacle.severity() == Severity.BLOCKER)
                .findFirst();
        if (first.isPresent()) {
            throw new CopyFailed(
                    tried,
                    first.get().subject() + " " + first.get().what(),
                    first.get().remedy());
        }
        return all.stream().map(Obstacle::finding).toList();
    }

    /** Without what an inspection of the source alone shows. */
    public List<Obstacle> obstacles() throws SQLException {
        List<Obstacle> all = new ArrayList<>();
        version(all);
        extensions(all);
        texts(all);
        all.addAll(new AccessObstacles(from, to).find());
        return all;
    }

    private void version(List<Obstacle> all) throws SQLException {
        if (to.majorVersion() < from.majorVersion()) {
            all.add(new Obstacle(
                    Severity.BLOCKER,
                    "the target",
                    "runs version " + to.majorVersion() + " and the source " + from.majorVersion()
                            + ", whose schema an older server may not understand",
                    "take a target of version " + from.majorVersion() + " or later"));
        }
    }

    private void rights(List<Obstacle> all) throws SQLException {
        String user = source.user().orElse("the user");
        all.addAll(from.query(
                Sql.file("access/unreadable"),
                row -> new Obstacle(
                        Severity.BLOCKER,
                        row.getString("name"),
                        "cannot be read by " + user + ", who lacks " + row.getString("lacks"),
                        "grant it on the source, or log in as a role that has it")));
    }

    private void extensions(List<Obstacle> all) throws SQLException {
        Map<String, String> offered =
                named(to, "SELECT name, coalesce(installed_version, default_version) FROM pg_available_extensions");
        named(from, "SELECT extname, extversion FROM pg_extension").forEach((name, version) -> {
            String there = offered.get(name);
            if (there == null) {
                all.add(new Obstacle(
                        Severity.BLOCKER,
                        name,
                        "is an extension (version " + version + ") that the target does not offer",
                        "install it there, or drop it from the source if nothing uses it"));
            } else if (!there.equals(version)) {
                all.add(new Obstacle(
                        Severity.WARNING,
                        name,
                        "is an extension of version " + version + ", and the target offers " + there,
                        "read what has changed between the two"));
            }
        });
    }

    private void texts(List<Obstacle> all) throws SQLException {
        Texts here = from.only(Sql.file("access/texts"), Texts::read);
        Texts there = to.only(Sql.file("access/texts"), Texts::read);
        if (!here.encoding.equals(there.encoding)) {
            all.add(new Obstacle(
                    Severity.WARNING,
                    "the target",
                    "is encoded as " + there.encoding + " and the source as " + here.encoding,
                    "make the target with the source's encoding unless the change is wanted"));
        }
        if (!here.order.equals(there.order)) {
            all.add(new Obstacle(
                    Severity.WARNING,
                    "the target",
                    "sorts text by " + there.order + " and the source by " + here.order
                            + ", so ORDER BY, range partitions, CHECKs and unique indexes on text may answer differently",
                    "make the target with the source's collation, or look through what depends on the order"));
        }
    }

    private static Map<String, String> named(PostgresSession session, String sql) throws SQLException {
        Map<String, String> named = new TreeMap<>();
        session.query(sql, row -> named.put(row.getString(1), row.getString(2)));
        return named;
    }

    /** How a database keeps text, and in which order. */
    private record Texts(String encoding, String order) {
        static Texts read(ResultSet row) throws SQLException {
            return new Texts(row.getString("encoding"), row.getString("order"));
        }
    }
}
