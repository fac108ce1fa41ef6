package dev.slipway.postgres;

import static dev.slipway.migration.Severity.BLOCKER;
import static dev.slipway.migration.Severity.WARNING;
import static dev.slipway.postgres.LaidTrap.laid;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trap in what a database has to do with others, with its server and its users, is laid on a real server and found. */
class PostgresServerTrapsIT extends WithTraps {
    private static final String KEYED = " (id int PRIMARY KEY)";

    static Stream<LaidTrap> traps() {
        return Stream.of(
                laid(
                        "19 an event trigger",
                        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
                                + " CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
                        WARNING,
                        "event trigger e",
                        "can be made by a superuser only",
                        "drop it from the source"),
                laid(
                        "19 a function that vouches for itself",
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT 1'",
                        WARNING,
                        "function public.f()",
                        "can be made by a superuser only",
                        "drop it from the source"),
                laid(
                        "26 an abandoned slot",
                        "SELECT pg_create_physical_replication_slot('abandoned', true)",
                        "SELECT pg_drop_replication_slot('abandoned')",
                        WARNING,
                        "replication slot abandoned",
                        "is read by nobody and keeps ",
                        "drop it"),
                laid(
                        "26 a slot of the database",
                        "SELECT pg_create_logical_replication_slot('ours', 'pgoutput')",
                        "SELECT pg_drop_replication_slot('ours')",
                        WARNING,
                        "replication slot ours",
                        "is left behind, and is read by nobody",
                        "begin anew on the target"),
                laid(
                        "30 a foreign table",
                        "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE t (a text)"
                                + " SERVER s OPTIONS (filename '/dev/null')",
                        WARNING,
                        "foreign table public.t",
                        "keeps its rows on the server s",
                        "let the target reach"),
                laid(
                        "30 a foreign server and a login to it",
                        "CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;"
                                + " CREATE USER MAPPING FOR master SERVER s OPTIONS (password 'x')",
                        WARNING,
                        "user mapping master on s",
                        "password",
                        "make the role first"),
                laid(
                        "30 a prepared transaction",
                        "BEGIN; CREATE TABLE t" + KEYED + "; PREPARE TRANSACTION 'forgotten'",
                        "ROLLBACK PREPARED 'forgotten'",
                        BLOCKER,
                        "prepared transaction forgotten",
                        "holds its locks",
                        "ROLLBACK PREPARED"),
                laid(
                        "30 a job of pg_cron",
                        "CREATE SCHEMA cron; CREATE TABLE cron.job (jobid int PRIMARY KEY, schedule text, database text, jobname text);"
                                + " INSERT INTO cron.job VALUES (1, '0 3 * * *', current_database(), 'nightly')",
                        WARNING,
                        "job nightly (0 3 * * *)",
                        "runs on both sides",
                        "unschedule it"),
                laid(
                        "30 jobs of pg_cron in another database",
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET cron.database_name = ''postgres''', current_database()); END $$",
                        WARNING,
                        "pg_cron",
                        "keeps its jobs in the database postgres",
                        "schedule them anew"),
                laid(
                        "30 a publication",
                        "CREATE PUBLICATION p",
                        WARNING,
                        "publication p",
                        "has subscribers",
                        "let them subscribe"),
                laid(
                        "30 a subscription",
                        "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION p WITH (connect = false)",
                        WARNING,
                        "subscription s",
                        "feeds this database from another server",
                        "DISABLE"),
                laid(
                        "30 a security label",
                        "CREATE TABLE t" + KEYED
                                + "; INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 0, 'anon', 'x')",
                        WARNING,
                        "object table public.t",
                        "carries a security label of anon",
                        "label it there"),
                laid(
                        "a database with room for few connections",
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 3', current_database()); END $$",
                        WARNING,
                        "database db",
                        "leaves room for 3 connections",
                        "fewer jobs"),
                laid(
                        "more tables than locks",
                        "DO $$ BEGIN FOR i IN 1..400 LOOP EXECUTE 'CREATE TABLE t' || i || ' (id int PRIMARY KEY)';"
                                + " IF i % 50 = 0 THEN COMMIT; END IF; END LOOP; END $$",
                        WARNING,
                        "the server",
                        "has room for about 350 locks, and reading the schema takes 400 locks at once",
                        "max_locks_per_transaction"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traps")
    void findsTheTrap(LaidTrap trap) {
        assertFound(trap);
    }
}
