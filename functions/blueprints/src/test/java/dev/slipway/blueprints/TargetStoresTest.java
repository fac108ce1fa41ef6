package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetStoresTest {
    @ParameterizedTest
    @CsvSource({
        "redis, redis",
        "Session_Cache, session-cache",
        "2nd, nd",
        "a-very-long-name-of-a-cache, a-very-long-name-o"
    })
    void namesACacheAsElastiCacheAllowsIt(String name, String identifier) {
        assertThat(TargetStores.identifier(name)).isEqualTo(identifier);
    }
}
