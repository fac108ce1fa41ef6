package dev.slipway.postgres.schema;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects of a source that its target's role may not make, because only a superuser may, and what rests on them.
 *
 * @param objects empty where the role may make all
 * @param ours the numbers of what a script makes but a copy does not: the schema that every database has, and Slipway's own schema, fence and streams
 */
public record LeftOut(List<Member> objects, Set<String> ours) {
    public static final LeftOut NOTHING = new LeftOut(List.of(), Set.of());

    private static final String OURS = """
            SELECT 'pg_namespace'::regclass::oid || ' ' || oid FROM pg_namespace WHERE nspname IN ('public', 'slipway')
             UNION ALL
            SELECT 'pg_trigger'::regclass::oid || ' ' || oid FROM pg_trigger WHERE tgname = 'slipway_fence'
             UNION ALL
            SELECT 'pg_publication'::regclass::oid || ' ' || oid FROM pg_publication WHERE pubname ~ '^slipway_[0-9a-f]{12}$'
             UNION ALL
            SELECT 'pg_publication_rel'::regclass::oid || ' ' || t.oid
              FROM pg_publication_rel t JOIN pg_publication p ON p.oid = t.prpubid WHERE p.pubname ~ '^slipway_[0-9a-f]{12}$'
            """;

    /**
     * One of them.
     *
     * @param id its catalog's number and its own, as pg_dump lists them
     * @param needed whether the copy cannot do without, because it holds data or serves what does
     * @param part whether it goes without saying with another one
     */
    public record Member(String id, String name, boolean needed, boolean part) {}

    public LeftOut {
        objects = List.copyOf(objects);
        ours = Set.copyOf(ours);
    }

    public static LeftOut read(PostgresSession from, Powers powers) throws SQLException {
        List<Member> objects = from.query(
                Sql.file("schema/superuser-only"),
                row -> new Member(
                        row.getString("classid") + " " + row.getString("objid"),
                        row.getString("name"),
                        row.getBoolean("needed"),
                        row.getBoolean("part")),
                !powers.superuser(),
                !powers.superuser(),
                !powers.publications(),
                !powers.eventTriggers());
        return new LeftOut(objects, Set.copyOf(from.query(OURS, row -> row.getString(1))));
    }

    /** For the queries that leave them out. */
    public String parameter() {
        return objects.stream().map(Member::id).collect(Collectors.joining(","));
    }

    public Set<String> ids() {
        return objects.stream().map(Member::id).collect(Collectors.toSet());
    }
}
