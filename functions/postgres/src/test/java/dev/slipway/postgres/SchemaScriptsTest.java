package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaScriptsTest {
    @Test
    void leavesOutTheFenceAndWhatOnlyASuperuserMaySet() {
        String list = """
                ;
                ; Archive created at 2026-11-21
                2; 3079 16385 EXTENSION - citext
                3580; 0 0 COMMENT - EXTENSION citext
                5; 2615 2200 SCHEMA - public pg_database_owner
                3581; 0 0 COMMENT - SCHEMA public pg_database_owner
                214; 1259 16399 TABLE public person postgres
                3390; 2620 16588 TRIGGER public person person_touch postgres
                3391; 2620 16589 TRIGGER public person slipway_fence postgres
                6; 2615 16600 SCHEMA - slipway postgres
                """;
        assertThat(SchemaScripts.kept(list).lines())
                .containsExactly(
                        ";",
                        "; Archive created at 2026-11-21",
                        "2; 3079 16385 EXTENSION - citext",
                        "214; 1259 16399 TABLE public person postgres",
                        "3390; 2620 16588 TRIGGER public person person_touch postgres");
    }

    @Test
    void leavesOutSettingsThatTheTargetDoesNotKnowAndPsqlsOwnCommands() {
        String script = """
                \\restrict abc
                SET lock_timeout = 0;
                SET transaction_timeout = 0;
                --
                -- Name: f(); Type: FUNCTION
                --
                CREATE FUNCTION f() RETURNS void LANGUAGE sql AS '
                SET transaction_timeout = 0;
                ';
                \\unrestrict abc
                """;
        assertThat(SchemaScripts.forServer(script, Set.of("lock_timeout")))
                .doesNotContain("restrict")
                .startsWith("SET lock_timeout = 0;\n--\n")
                .containsOnlyOnce("SET transaction_timeout = 0;");
    }
}
