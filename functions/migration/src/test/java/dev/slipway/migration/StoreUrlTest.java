package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "postgres://u:s3cr3t@ab@db:5432/shop, no host can be read from it",
        "postgres://u:s3cr3t@db:port/shop, no host can be read from it",
        "postgres://u:s3cr3t@/shop, no host can be read from it",
        "postgres:u:s3cr3t, no host can be read from it",
        "redis://:s3cr3t@cache_1:6379/0, no host can be read from it",
        "postgres://u:s3cr3t@db:65536/shop, 'its port is 65536, and there are 1 to 65535'",
        "postgres://u:s3cr3t@db:0/shop, 'its port is 0, and there are 1 to 65535'",
        "postgres://u:s3 cr3t@db/shop, it is malformed",
        "postgres://u:s3cr3t%zz@db/shop, it is malformed"
    })
    void saysWhatItCannotReadWithoutThePassword(String text, String why) {
        assertThatThrownBy(() -> StoreUrl.parse(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Tried to read a store's URL but " + why)
                .hasMessageNotContaining("cr3t");
    }

    @ParameterizedTest
    @CsvSource({"p%40ss%3Aw%2F%25%20d, p@ss:w/% d", "gr%C3%BC%C3%9Fe+1, grüße+1", "grüße, grüße"})
    void decodesAPassword(String encoded, String password) {
        assertThat(StoreUrl.parse("postgres://app:" + encoded + "@db/shop").password())
                .contains(password);
    }

    @Test
    void takesABucketsNameThatIsNoHosts() {
        assertThat(StoreUrl.parse("s3://my_bucket/prefix").kind()).isEqualTo(StoreKind.OBJECTS);
    }
}
