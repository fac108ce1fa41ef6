package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Strategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyChoiceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMPUTE_FIRST|postgres:16|command: [postgres, -c, wal_level=logical]|10.0.0.5|''|to services that run by then",
                "COMPUTE_FIRST|postgres:16|command: postgres -c wal_level=logical|10.0.0.5|''|to services that run by then",
                "COMPUTE_FIRST|postgres:16|command: postgres -c wal_level=replica|10.0.0.5|''|one restart of db with wal_level=logical",
                "COMPUTE_FIRST|postgres:16|restart: always|10.0.0.5|''|; it takes one restart of db",
                "SWITCH|postgres:16|restart: always|127.0.0.1|''|not 'compute-first', because the target's network cannot reach db",
                "SWITCH|postgres:16|restart: always|10.0.0.5|'uploads:/srv/uploads'|not 'compute-first', because uploads is a folder",
                "FREEZE|postgres:9.6|restart: always|10.0.0.5|''|nothing shorter suits, because db is Postgres 9.6",
                "FREEZE|redis:5|restart: always|10.0.0.5|''|nothing shorter suits, because db is Redis 5"
            })
    void takesTheOneThatSuitsAndSaysWhatIsInTheWayOfAnother(
            Strategy strategy, String image, String more, String address, String volume, String reason) {
        Plan plan = Planned.plan(
                """
                services:
                  db: {image: "%s", ports: ["5432:5432"], environment: {POSTGRES_PASSWORD: "${PW}"}, %s}
                  web: {image: "shop/web:1", ports: ["80:3000"], volumes: [%s]}
                volumes: {uploads: }
                """.formatted(image, more, volume.isEmpty() ? "" : "\"" + volume + "\""),
                Planned.TRAFFIC + "source: {address: " + address + "}\n");
        assertThat(plan.strategy()).isEqualTo(strategy);
        assertThat(plan.strategyReason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "freeze|FREEZE|slipway.yaml asks for it: writes pause on both sides",
                "switch|SWITCH|slipway.yaml asks for it: the copy follows",
                "compute-first|COMPUTE_FIRST|slipway.yaml asks for it: the new services begin with the stores of the source"
            })
    void takesTheOneThatIsAskedFor(String asked, Strategy strategy, String reason) {
        Plan plan = Planned.plan(
                "services: {db: {image: 'postgres:16', ports: ['5432:5432'], environment: {POSTGRES_PASSWORD: '${PW}'}},"
                        + " web: {image: 'shop/web:1', ports: ['80:3000']}}",
                Planned.TRAFFIC + "strategy: " + asked);
        assertThat(plan.strategy()).isEqualTo(strategy);
        assertThat(plan.strategyReason()).startsWith(reason);
        assertThat(plan.blockers()).isEmpty();
    }

    @Test
    void saysWhyWhatIsAskedForCannotBe() {
        String app =
                "services: {db: {image: 'postgres:16', ports: ['5432:5432'], environment: {POSTGRES_PASSWORD: '${PW}'}},"
                        + " web: {image: 'shop/web:1', ports: ['80:3000']}}";
        String asked = Planned.TRAFFIC + "strategy: compute-first\n";
        assertThat(Planned.plan(app, asked).strategyReason())
                .contains("cannot be as it stands, because the target's network cannot reach db");
        assertThat(Planned.plan(app, asked + "source: {address: 10.0.0.5}").strategyReason())
                .doesNotContain("cannot be");
    }
}
