package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
    private final ServiceEnvironment environment = new ServiceEnvironment(Targets.plan("""
            services:
              auth:
                image: shop/auth:1
                environment: {PORT: 3000, NODE_ENV: production, PRICE: 5$$$$, DB_HOST: db, JWT_SECRET: s3cret-of-many-characters}
              mail: {image: "shop/mail:1", environment: {DB_HOST: db}}
              db: {image: "postgres:16", ports: ["5432:5432"]}
            """, ""));

    @Test
    void setsAKnownValueThatIsNoSecretInPlainText() {
        assertThat(environment.plain("auth")).isEqualTo(Map.of("PORT", "3000"));
    }

    @Test
    void deliversSettingsByParameters() {
        assertThat(environment.parameter("auth"))
                .isEqualTo(Map.of("NODE_ENV", "/shop/prod/node-env", "PRICE", "/shop/prod/price"));
    }

    @Test
    void deliversSecretsAndTheTargetsEndpointsByTheSecret() {
        assertThat(environment.secret("auth"))
                .isEqualTo(Map.of("DB_HOST", "auth.DB_HOST", "JWT_SECRET", "auth.JWT_SECRET"));
    }

    @Test
    void fillsTheSecretWithEachValueUnderTheKeyThatIsAskedFor() {
        assertThat(environment.secretValues(
                        Map.of("target:db:host", "db.example.com", "JWT_SECRET", "s3cret", "unused", "x")))
                .isEqualTo(Map.of(
                        "auth.DB_HOST", "db.example.com",
                        "mail.DB_HOST", "db.example.com",
                        "auth.JWT_SECRET", "s3cret"));
    }
}
