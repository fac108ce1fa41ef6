package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Strategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyChoiceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres:16|command: [postgres, -c, wal_level=logical]|10.0.0.5|''|'compute-first' would suit. This version",
                "postgres:16|command: postgres -c wal_level=logical|10.0.0.5|''|'compute-first' would suit. This version",
                "postgres:16|command: postgres -c wal_level=replica|10.0.0.5|''|one restart of db with wal_level=logical",
                "postgres:16|restart: always|10.0.0.5|''|'compute-first' would suit; it takes one restart of db",
                "postgres:16|restart: always|127.0.0.1|''|'switch' would suit, and not 'compute-first', because the target's network cannot reach db",
                "postgres:16|restart: always|10.0.0.5|'uploads:/srv/uploads'|'switch' would suit, and not 'compute-first', because uploads is a folder",
                "postgres:9.6|restart: always|10.0.0.5|''|nothing shorter suits, because db is Postgres 9.6",
                "redis:5|restart: always|10.0.0.5|''|nothing shorter suits, because db is Redis 5"
            })
    void namesTheOneThatSuitsAndWhatIsInItsWay(
            String image, String more, String address, String volume, String reason) {
        Plan plan = Planned.plan(
                """
                services:
                  db: {image: "%s", ports: ["5432:5432"], environment: {POSTGRES_PASSWORD: "${PW}"}, %s}
                  web: {image: "shop/web:1", ports: ["80:3000"], volumes: [%s]}
                volumes: {uploads: }
                """.formatted(image, more, volume.isEmpty() ? "" : "\"" + volume + "\""),
                Planned.TRAFFIC + "source: {address: " + address + "}\n");
        assertThat(plan.strategy()).as("what this version runs").isEqualTo(Strategy.FREEZE);
        assertThat(plan.strategyReason()).contains(reason);
    }
}
