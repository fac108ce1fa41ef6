package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.InvalidInput;
import org.junit.jupiter.api.Test;

class StoreUrlTest {
    @Test
    void hidesThePasswordWhenPrinted() {
        StoreUrl url = StoreUrl.parse("postgres://app:s%40cret@db:5433/shop");
        assertThat(url).hasToString("postgres://app:***@db:5433/shop");
        assertThat(url.password()).contains("s@cret");
        assertThat(url.port(5432)).isEqualTo(5433);
        assertThat(url.path()).isEqualTo("shop");
    }

    @Test
    void readsAPasswordWithoutAUser() {
        StoreUrl url = StoreUrl.parse("redis://:pw@cache/0?db=only");
        assertThat(url.user()).isEmpty();
        assertThat(url.password()).contains("pw");
        assertThat(url.parameter("db")).contains("only");
    }

    @Test
    void refusesASchemeOfNoEngineInOneLine() {
        assertThatThrownBy(() -> StoreUrl.parse("mysql://db/shop"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Tried to read a store's URL but its scheme 'mysql' belongs to no engine: use postgres, redis, rediss, s3 or file");
    }
}
