package dev.slipway.postgres;

import static dev.slipway.migration.Severity.BLOCKER;
import static dev.slipway.migration.Severity.WARNING;
import static dev.slipway.postgres.LaidTrap.laid;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trap in tables and in what belongs to them is laid on a real server and found. */
class PostgresDataTrapsIT extends WithTraps {
    private static final String KEYED = " (id int PRIMARY KEY)";

    static Stream<LaidTrap> traps() {
        return Stream.of(
                laid(
                        "15 a sequence near its end",
                        "CREATE SEQUENCE s MAXVALUE 100; SELECT setval('s', 85)",
                        WARNING,
                        "sequence public.s",
                        "has used more than 80 %",
                        "bigint"),
                laid(
                        "15 a sequence whose column ends earlier",
                        "CREATE TABLE t (id serial PRIMARY KEY); ALTER SEQUENCE t_id_seq AS bigint; SELECT setval('t_id_seq', 2000000000)",
                        WARNING,
                        "sequence public.t_id_seq",
                        "has used more than 80 %",
                        "bigint"),
                laid(
                        "16 large objects",
                        "SELECT lo_from_bytea(1, 'x')",
                        BLOCKER,
                        "the large objects",
                        "cannot be fenced on a server before version 16",
                        "upgrade the source"),
                laid(
                        "17 partitions by the hash of an enum",
                        "CREATE TYPE e AS ENUM ('a'); CREATE TABLE h (x e NOT NULL) PARTITION BY HASH (x)",
                        BLOCKER,
                        "partitioned table public.h",
                        "is divided by the hash of an enum",
                        "partition it by list"),
                laid(
                        "18 a materialized view of a foreign table",
                        "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE f (a text)"
                                + " SERVER s OPTIONS (filename '/dev/null'); CREATE MATERIALIZED VIEW v AS SELECT * FROM f",
                        WARNING,
                        "materialized view public.v",
                        "reads a foreign table",
                        "open the way"),
                laid(
                        "24 a violated foreign key",
                        "CREATE TABLE p" + KEYED + "; CREATE TABLE c (id int PRIMARY KEY REFERENCES p);"
                                + " SET session_replication_role = replica; INSERT INTO c VALUES (7)",
                        WARNING,
                        "foreign key c_id_fkey on public.c",
                        "is violated by rows that are there",
                        "NOT VALID"),
                laid(
                        "24 a foreign key of two columns that is half NULL",
                        "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (id int PRIMARY KEY, a int, b int,"
                                + " FOREIGN KEY (a, b) REFERENCES p MATCH FULL); SET session_replication_role = replica;"
                                + " INSERT INTO c VALUES (1, 7, NULL)",
                        WARNING,
                        "foreign key c_a_b_fkey on public.c",
                        "is violated by rows that are there",
                        "NOT VALID"),
                laid(
                        "24 a constraint that is not valid",
                        "CREATE TABLE t" + KEYED + "; ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID",
                        WARNING,
                        "constraint c on public.t",
                        "is NOT VALID",
                        "VALIDATE CONSTRAINT"),
                laid(
                        "27 tables without a key",
                        "DO $$ BEGIN FOR i IN 1..37 LOOP EXECUTE 'CREATE TABLE t' || lpad(i::text, 2, '0') || ' (a int)'; END LOOP; END $$",
                        WARNING,
                        "37 tables",
                        "(public.t01, public.t02, public.t03 and 34 more)",
                        "add a primary key"),
                laid(
                        "27 a table with a unique key only",
                        "CREATE TABLE t (id int NOT NULL UNIQUE)",
                        WARNING,
                        "table public.t",
                        "has a unique key but no primary one",
                        "REPLICA IDENTITY USING INDEX"),
                laid(
                        "28 a wide row",
                        "CREATE TABLE t" + KEYED
                                + "; ALTER TABLE t ADD x text; INSERT INTO t VALUES (1, repeat('x', 70000000))",
                        WARNING,
                        "table public.t",
                        "has a row of 70.0 MB",
                        "fewer jobs"),
                laid(
                        "29 an array of an own type",
                        "CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS e[]; CREATE TABLE t (id int PRIMARY KEY, x d)",
                        WARNING,
                        "column public.t.x",
                        "holds OIDs",
                        "nothing to do"),
                laid(
                        "29 a composite of an own type",
                        "CREATE TYPE e AS ENUM ('a'); CREATE TYPE c AS (x e, y int); CREATE TABLE t (id int PRIMARY KEY, x c)",
                        WARNING,
                        "column public.t.x",
                        "holds OIDs",
                        "nothing to do"),
                laid(
                        "29 a reference to an object",
                        "CREATE TABLE t (id int PRIMARY KEY, x regclass)",
                        WARNING,
                        "column public.t.x",
                        "is of the type regclass",
                        "keep the names as text"),
                laid(
                        "30 an unlogged table",
                        "CREATE UNLOGGED TABLE t" + KEYED,
                        WARNING,
                        "table public.t",
                        "is unlogged",
                        "SET LOGGED"),
                laid(
                        "an invalid index",
                        "CREATE TABLE t" + KEYED
                                + "; UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_pkey'::regclass",
                        WARNING,
                        "index public.t_pkey",
                        "is invalid",
                        "REINDEX"),
                laid(
                        "a partition whose detaching was interrupted",
                        "CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE q PARTITION OF p DEFAULT;"
                                + " UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'q'::regclass",
                        WARNING,
                        "partition public.q",
                        "was to be detached",
                        "FINALIZE"),
                laid(
                        "a table that autovacuum leaves alone",
                        "CREATE TABLE t (id int PRIMARY KEY) WITH (autovacuum_enabled = off)",
                        WARNING,
                        "table public.t",
                        "is never vacuumed by itself",
                        "RESET (autovacuum_enabled)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traps")
    void findsTheTrap(LaidTrap trap) {
        assertFound(trap);
    }
}
