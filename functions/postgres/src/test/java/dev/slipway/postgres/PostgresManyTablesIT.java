package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More tables than the target has locks for. */
@Tag("battery")
class PostgresManyTablesIT {
    private static final int TABLES = 600;
    private static final FenceToken TOKEN = new FenceToken("shop", 1);

    private static final String MANY_TABLES = """
            CREATE ROLE app_NAME;
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
            DO $$
            BEGIN
                FOR i IN 1..COUNT LOOP
                    EXECUTE format('CREATE TABLE t%s (id serial PRIMARY KEY, parent int, name text, a int UNIQUE, b int UNIQUE, c int UNIQUE)', i);
                    EXECUTE format('CREATE INDEX ON t%s (name)', i);
                    EXECUTE format('INSERT INTO t%s (parent, name) VALUES (1, ''a row''), (2, ''-- Name: x; Type: TABLE; Schema: y; Owner: -'')', i);
                    EXECUTE format('CREATE TRIGGER x BEFORE INSERT ON t%s FOR EACH ROW EXECUTE FUNCTION touch()', i);
                    EXECUTE format('COMMENT ON TABLE t%s IS ''about''', i);
                    EXECUTE format('GRANT SELECT ON t%s TO app_NAME', i);
                    EXECUTE format('ALTER TABLE t%s OWNER TO app_NAME', i);
                    EXECUTE format('ALTER TABLE t%s ADD FOREIGN KEY (parent) REFERENCES t%s', i, greatest(1, i - 1));
                    COMMIT;
                END LOOP;
            END $$
            """;

    /** Ends a copy as its server's end would, in the schema that no copy looks into. */
    private static final String ENDS_WHEN = """
            CREATE FUNCTION information_schema.stop() RETURNS event_trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT count(*) FROM pg_catalog.THINGS) > 300 THEN
                    RAISE 'the test ends it';
                END IF;
            END $$;
            CREATE EVENT TRIGGER stop ON ddl_command_end EXECUTE FUNCTION information_schema.stop()
            """;

    @TempDir
    static Path folder;

    private static Databases sources;
    private static Databases targets;
    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));

    @BeforeAll
    static void startServers() throws IOException {
        sources = new Databases(folder.resolve("source"));
        targets = new Databases(
                folder.resolve("target"), Map.of("max_locks_per_transaction", "20", "max_connections", "40"));
    }

    @AfterAll
    static void stopServers() {
        targets.close();
        sources.close();
    }

    @Test
    void passAfterACopyThatEndedAmongItsTables() {
        goesOn("tables", "pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]'");
    }

    @Test
    void passAfterACopyThatEndedAmongItsForeignKeys() {
        goesOn("keys", "pg_constraint WHERE contype = 'f'");
    }

    @Test
    void passAfterACopyThatEndedAmongItsOwners() {
        goesOn("owners", "pg_class WHERE relkind = 'r' AND relowner <> 10");
    }

    @Test
    void areFreedOfAFenceForWhichThereWereLocksEnough() {
        StoreUrl store = targets.fresh();
        run(
                store,
                "DO $$ BEGIN FOR i IN 1..1300 LOOP EXECUTE 'CREATE TABLE t' || i || ' (id int)'; COMMIT; END LOOP; END $$");
        engine.fence(store, TOKEN);
        engine.unfence(store, TOKEN);
        assertThat(ask(store, "SELECT count(*) FROM pg_trigger WHERE tgname = 'slipway_fence'"))
                .isEqualTo("0");
        assertThat(ask(store, "SELECT count(*) FROM pg_namespace WHERE nspname = 'slipway'"))
                .isEqualTo("0");
    }

    private void goesOn(String name, String end) {
        StoreUrl source = manyTables(name);
        StoreUrl target = targets.fresh();
        engine.fence(source, TOKEN);
        run(target, ENDS_WHEN.replace("THINGS", end));
        assertThatThrownBy(() -> engine.copy(source, target, TOKEN, Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("the test ends it");
        run(target, "DROP EVENT TRIGGER IF EXISTS stop; DROP FUNCTION information_schema.stop()");
        assertThat(engine.copy(source, target, TOKEN, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private static StoreUrl manyTables(String name) {
        StoreUrl source = sources.fresh();
        try (PostgresSession session = PostgresSession.openForScripts(source)) {
            for (String statement : MANY_TABLES
                    .replace("NAME", name)
                    .replace("COUNT", "" + TABLES)
                    .split(";\n", 3)) {
                session.execute("SET search_path = public");
                session.execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return source;
    }
}
