package dev.slipway.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaScriptsTest {
    @Test
    void leavesOutTheFenceAndWhatIsCarriedApart() {
        String list = """
                ;
                ; Archive created at 2026-11-21
                2; 3079 16385 EXTENSION - citext
                5; 2615 2200 SCHEMA - public pg_database_owner
                3582; 3256 16700 POLICY public person mine postgres
                3583; 3466 16701 EVENT TRIGGER - watch postgres
                3584; 1418 16702 USER MAPPING - USER MAPPING app SERVER far postgres
                214; 1259 16399 TABLE public person postgres
                3390; 2620 16588 TRIGGER public person person_touch postgres
                3391; 2620 16589 TRIGGER public person slipway_fence postgres
                6; 2615 16600 SCHEMA - slipway postgres
                7; 2615 16601 SCHEMA - public matters postgres
                """;
        LeftOut ours = new LeftOut(List.of(), Set.of("2615 2200", "2620 16589", "2615 16600"));
        assertThat(SchemaScripts.kept(list, ours).lines())
                .containsExactly(
                        ";",
                        "; Archive created at 2026-11-21",
                        "2; 3079 16385 EXTENSION - citext",
                        "214; 1259 16399 TABLE public person postgres",
                        "3390; 2620 16588 TRIGGER public person person_touch postgres",
                        "7; 2615 16601 SCHEMA - public matters postgres");
    }

    @Test
    void leavesOutWhatTheTargetsRoleMayNotMake() {
        String list = """
                870; 0 0 SHELL TYPE shop mood postgres
                871; 1247 17085 TYPE shop mood postgres
                872; 1247 17086 TYPE shop other postgres
                """;
        LeftOut leftOut =
                new LeftOut(List.of(new LeftOut.Member("1247 17085", "type shop.mood", false, false)), Set.of());
        assertThat(SchemaScripts.kept(list, leftOut)).isEqualTo("872; 1247 17086 TYPE shop other postgres\n");
        assertThat(SchemaScripts.kept(list, LeftOut.NOTHING)).isEqualTo(list);
    }

    @Test
    void makesKeysAfterTheSettingsAndBeforeAllElse() {
        String settings = "SET lock_timeout = 0;\n\n";
        String trigger = "--\n-- Name: a t; Type: TRIGGER; Schema: s; Owner: -\n--\n\nCREATE TRIGGER t;\n";
        String key = "--\n-- Name: a k; Type: CONSTRAINT; Schema: s; Owner: -\n--\n\nALTER TABLE s.a;\n";
        assertThat(new SchemaScripts("", List.of(), List.of(), settings + trigger)
                        .adopting(key)
                        .after())
                .isEqualTo(settings + key + "\n" + trigger);
        assertThat(new SchemaScripts("", List.of(), List.of(), settings)
                        .adopting(key)
                        .after())
                .isEqualTo(settings + key + "\n");
    }

    @Test
    void leavesOutSettingsThatTheTargetDoesNotKnowAndPsqlsOwnCommands() {
        String script = """
                \\restrict Ue5cQWwVmJ8qk0TzL1sYh3bXo7NfRdGpAiCtMvKyEuPxZg2H4D6S9jBwFnOrIal
                SET lock_timeout = 0;
                SET transaction_timeout = 0;
                --
                -- Name: f(); Type: FUNCTION
                --
                CREATE FUNCTION f() RETURNS void LANGUAGE sql AS '
                SET transaction_timeout = 0;
                \\unrestrict which is a text
                ';
                \\unrestrict Ue5cQWwVmJ8qk0TzL1sYh3bXo7NfRdGpAiCtMvKyEuPxZg2H4D6S9jBwFnOrIal
                """;
        assertThat(SchemaScripts.forServer(script, Set.of("lock_timeout")))
                .doesNotContain("restrict U")
                .contains("unrestrict which is a text")
                .startsWith("SET lock_timeout = 0;\n--\n")
                .containsOnlyOnce("SET transaction_timeout = 0;");
    }
}
