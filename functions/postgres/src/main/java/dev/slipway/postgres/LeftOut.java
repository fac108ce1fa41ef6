package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects of a source that its target's role may not make, because only a superuser may, and what rests on them.
 *
 * @param objects empty where the role may make all
 */
record LeftOut(List<Member> objects) {
    static final LeftOut NOTHING = new LeftOut(List.of());

    /**
     * One of them.
     *
     * @param id its catalog's number and its own, as pg_dump lists them
     * @param needed whether the copy cannot do without, because it holds data or serves what does
     * @param part whether it goes without saying with another one
     */
    record Member(String id, String name, boolean needed, boolean part) {}

    LeftOut {
        objects = List.copyOf(objects);
    }

    static LeftOut read(PostgresSession from, Powers powers) throws SQLException {
        return new LeftOut(from.query(
                Sql.file("superuser-only"),
                row -> new Member(
                        row.getString("classid") + " " + row.getString("objid"),
                        row.getString("name"),
                        row.getBoolean("needed"),
                        row.getBoolean("part")),
                !powers.superuser(),
                !powers.superuser(),
                !powers.publications(),
                !powers.eventTriggers()));
    }

    /** For the queries that leave them out. */
    String parameter() {
        return objects.stream().map(Member::id).collect(Collectors.joining(","));
    }

    Set<String> ids() {
        return objects.stream().map(Member::id).collect(Collectors.toSet());
    }
}
