package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogicalNameTest {
    @ParameterizedTest
    @CsvSource({"postgres, Postgres", "auth-service, AuthService", "svc_2.web, Svc2Web", "userStore, UserStore"})
    void writesEachPartOfANameWithACapital(String name, String logical) {
        assertThat(LogicalName.of(name)).isEqualTo(logical);
    }
}
