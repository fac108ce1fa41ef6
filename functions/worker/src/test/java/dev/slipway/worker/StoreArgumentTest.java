package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreArgumentTest {
    private static final String PASSWORD = "p@ss:w/ör d%+";
    private final StoreArgument argument = new StoreArgument(new CommandSettings(Map.of("PGPASSWORD", PASSWORD)));

    @Test
    void takesThePasswordOfTheEnvironmentWhereTheUrlHasNone() {
        StoreUrl url = argument.convert("postgres://app@db:5432/shop?sslmode=require");
        assertThat(url.password()).contains(PASSWORD);
        assertThat(url.user()).contains("app");
        assertThat(url.host()).isEqualTo("db");
        assertThat(url.parameter("sslmode")).contains("require");
        assertThat(url.toString()).isEqualTo("postgres://app:***@db:5432/shop?sslmode=require");
    }

    @Test
    void leavesTheUrlsOwnPasswordAndOtherStoresAlone() {
        assertThat(argument.convert("postgres://app:own@db/shop").password()).contains("own");
        assertThat(argument.convert("postgres://db/shop").password()).isEmpty();
        assertThat(argument.convert("redis://app@cache:6379/0").password()).isEmpty();
    }
}
