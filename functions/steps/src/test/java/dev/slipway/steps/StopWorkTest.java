package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopWorkTest {
    @ParameterizedTest
    @CsvSource({
        "m/shop/1/restore/media,             m/shop/1/restore/media, true",
        "m/shop/1/restore/media/shards/0001, m/shop/1/restore/media, true",
        "m/shop/1/restore/media2,            m/shop/1/restore/media, false",
        "m/shop/1/restore/media,             m/shop/1/,              true",
        "m/shop/12/restore/media,            m/shop/1/,              false",
        "r/shop/1/unfence/media,             m/shop/1/,              false",
    })
    void stopsTheTasksOfAGroupAndOfThoseBelowIt(String group, String wanted, boolean stopped) {
        assertThat(StopWork.isWithin(group, wanted)).isEqualTo(stopped);
    }
}
