package dev.slipway.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.app.SecretTemplate;
import org.junit.jupiter.api.Test;

class TargetEndpointTest {
    private static final TargetEndpoint DATABASE = new TargetEndpoint.Server(
            "postgres", "postgres", "db.example", 5432, "postgres", "a/b@c", "shop", "sslmode=require");

    @Test
    void fillsInThePlansReferences() {
        assertThat(new SecretTemplate("${target:postgres:host}:${target:postgres:port}").resolve(DATABASE.values()))
                .isEqualTo("db.example:5432");
    }

    @Test
    void encodesThePasswordInTheUrl() {
        StoreUrl url = StoreUrl.parse(new SecretTemplate("${target:postgres:url}").resolve(DATABASE.values()));
        assertThat(url.password()).contains("a/b@c");
        assertThat(url.parameter("sslmode")).contains("require");
    }

    @Test
    void aCacheWithoutUserKeepsTheColonBeforeItsPassword() {
        TargetEndpoint cache = new TargetEndpoint.Server("redis", "rediss", "c", 6379, "", "pw", "0", "");
        assertThat(cache.values()).containsEntry("target:redis:url", "rediss://:pw@c:6379/0");
    }

    @Test
    void aServerWithoutLoginHasNone() {
        TargetEndpoint cache = new TargetEndpoint.Server("redis", "redis", "c", 6379, "", "", "0", "");
        assertThat(cache.values()).containsEntry("target:redis:url", "redis://c:6379/0");
    }

    @Test
    void doesNotPrintThePassword() {
        assertThat(DATABASE.toString()).doesNotContain("a/b@c");
    }
}
