package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppFiles;
import dev.slipway.compose.SpecReader;
import dev.slipway.migration.spec.Spec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    @Test
    void showsWhatNeedsADecisionFirst() {
        String text = PlanText.render(Planned.withEnvironment("DEV_BYPASS_AUTH: 'true'"));
        assertThat(text.lines().toList().subList(0, 4))
                .containsExactly(
                        "Plan for shop: to us-east-1, size poc, on fargate",
                        "",
                        "Blockers: nothing is done before these are gone",
                        "  service web  DEV_BYPASS_AUTH is a switch for development: remove it, it must be absent in production");
    }

    @Test
    void showsOldAndNewOfEveryVariableThatChanges() {
        String text = PlanText.render(Planned.withEnvironment("DB_HOST: db, LOG: info"));
        assertThat(text).contains("db -> ${target:db:host}").doesNotContain("LOG");
    }

    @Test
    void writesAnInitialSpecThatSaysNothingButTheName() {
        String initial = initialSpec();
        Spec spec = SpecReader.read("slipway.yaml", initial);
        assertThat(spec.app()).contains("shop");
        assertThat(spec).usingRecursiveComparison().ignoringFields("app").isEqualTo(Spec.DEFAULT);
        assertThat(initial).contains("#   db:", "#     engine: postgres").doesNotContain("@APP@", "@STORES@");
    }

    @Test
    void writesAnInitialSpecWhoseExamplesAreLegal() {
        String uncommented = initialSpec()
                .lines()
                .filter(line -> line.matches("# ?( *[a-zA-Z_-]+:.*| *- .*)"))
                .map(line -> line.substring(2))
                .reduce("", (all, line) -> all + line + "\n");
        assertThat(SpecReader.read("slipway.yaml", uncommented).traffic().record())
                .isEqualTo(Optional.of("api.example.com"));
    }

    private static String initialSpec() {
        return InitialSpec.text(AppFiles.readUploaded("shop", """
                services:
                  db:
                    image: postgres:16
                    environment: {POSTGRES_PASSWORD: "${PW}"}
                    ports: ["5432:5432"]
                """, "").app());
    }
}
