package dev.slipway.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyIndexesTest {
    private static final String HEAD = "--\n-- Name: a k; Type: CONSTRAINT; Schema: s; Owner: -\n--\n\n";
    private static final String SETTINGS = "SET lock_timeout = 0;\n\n";
    private static final String INDEX = "CREATE UNIQUE INDEX k ON s.a USING btree (id)";

    @Test
    void makesAKeyOfItsIndexWithWhatComesWithIt() {
        KeyIndexes.Split split = split("""
                ALTER TABLE ONLY s.a
                    ADD CONSTRAINT k PRIMARY KEY (id) INCLUDE (b) WITH (fillfactor='70') DEFERRABLE;

                ALTER TABLE s.a CLUSTER ON k;
                """, " DEFERRABLE");
        assertThat(split.index().script()).isEqualTo(SETTINGS + HEAD + INDEX + ";\n");
        assertThat(split.index().key()).isFalse();
        assertThat(split.index().part()).isEqualTo(script("").part());
        assertThat(split.adoption()).isEqualTo(HEAD + """
                ALTER TABLE ONLY s.a
                    ADD CONSTRAINT k PRIMARY KEY USING INDEX k DEFERRABLE;

                ALTER TABLE s.a CLUSTER ON k;
                """);
    }

    @Test
    void takesANameAsItIsQuoted() {
        assertThat(split("""
                ALTER TABLE ONLY s."A"
                    ADD CONSTRAINT "a ""UNIQUE"" b" UNIQUE NULLS NOT DISTINCT (";");
                """, "").adoption()).isEqualTo(HEAD + """
                ALTER TABLE ONLY s."A"
                    ADD CONSTRAINT "a ""UNIQUE"" b" UNIQUE USING INDEX "a ""UNIQUE"" b";
                """);
    }

    @Test
    void leavesWhatIsNoKeyOfAnIndex() {
        assertThat(KeyIndexes.split(
                        script("ALTER TABLE ONLY s.a\n    ADD CONSTRAINT k EXCLUDE USING gist (during WITH &&);\n"),
                        INDEX,
                        ""))
                .isEmpty();
        assertThat(KeyIndexes.split(
                        script("ALTER TABLE ONLY s.a\n    ADD CONSTRAINT k NOT NULL id NOT VALID;\n"), INDEX, ""))
                .isEmpty();
    }

    private static KeyIndexes.Split split(String statements, String checked) {
        return KeyIndexes.split(script(statements), INDEX, checked).orElseThrow();
    }

    private static IndexScript script(String statements) {
        return new IndexScript("s", "a k", true, SETTINGS + HEAD + statements);
    }
}
