package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:slipway/targets/x-AbCdEf";
    private final ServiceEnvironment environment = new ServiceEnvironment(Plans.of(
            Plans.variable("auth", "NODE_ENV", "production"),
            Plans.variable("auth", "PRICE", "5$$"),
            Plans.variable("auth", "DB_HOST", "${target:postgres:host}"),
            Plans.secret("auth", "JWT_SECRET", "auth.JWT_SECRET"),
            Plans.variable("communication", "DB_HOST", "${target:postgres:host}")));

    @Test
    void setsAKnownValueThatIsNoSecretInPlainText() {
        assertThat(environment.plain("auth")).isEqualTo(Map.of("NODE_ENV", "production", "PRICE", "5$"));
    }

    @Test
    void deliversSecretsAndTheTargetsEndpointsByTheSecret() {
        assertThat(environment.secret("auth", ARN))
                .isEqualTo(Map.of("DB_HOST", ARN + ":auth.DB_HOST::", "JWT_SECRET", ARN + ":auth.JWT_SECRET::"));
    }

    @Test
    void fillsTheSecretWithEachValueUnderTheKeyThatIsAskedFor() {
        assertThat(environment.secretValues(
                        Map.of("target:postgres:host", "db.example.com", "auth.JWT_SECRET", "s3cret", "unused", "x")))
                .isEqualTo(Map.of(
                        "auth.DB_HOST", "db.example.com",
                        "communication.DB_HOST", "db.example.com",
                        "auth.JWT_SECRET", "s3cret"));
    }

    @Test
    void namesTheSecretAfterTheApp() {
        assertThat(environment.secretName()).isEqualTo("slipway/targets/crp-preschool");
    }
}
