package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "61200000, 61.2 MB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "1200000000, 1.2 GB",
        "9223372036854775807, 9223.4 PB"
    })
    void writesBytesInDecimalUnits(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"38400000, 38 MB/s", "8100000, 8.1 MB/s", "9960000, 10 MB/s", "500000, 500 kB/s", "12, 12 B/s"})
    void writesRatesWithAsManyDigitsAsMatter(double rate, String text) {
        assertThat(Units.bytesPerSecond(rate)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "440, 0.4 s",
        "9949, 9.9 s",
        "9950, 10 s",
        "59400, 59 s",
        "59600, 1 min",
        "200000, 3 min 20 s",
        "3599600, 1 h",
        "3840000, 1 h 4 min",
        "183600000, 2 d 3 h"
    })
    void writesTheTwoLargestPartsOfADuration(long millis, String text) {
        assertThat(Units.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, about 1 s left",
        "8400, about 8 s left",
        "21000, about 25 s left",
        "58000, about 1 min left",
        "83000, about 1 min 30 s left",
        "1150000, about 20 min left",
        "5400000, about 1 h 30 min left",
        "183600000, about 2 d 3 h left"
    })
    void writesWhatIsLeftAsCoarselyAsItIsKnown(long millis, String text) {
        assertThat(Units.left(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void neverWritesZeroForAShareThatIsNot() {
        assertThat(Units.percent(0)).isEqualTo("0 %");
        assertThat(Units.percent(0.00001)).isEqualTo("<0.01 %");
        assertThat(Units.percent(0.0071)).isEqualTo("0.71 %");
        assertThat(Units.percent(0.999999)).isEqualTo(">99.99 %");
        assertThat(Units.percent(1)).isEqualTo("100 %");
    }

    @Test
    void namesWhatAStoreConsistsOf() {
        assertThat(Units.items(StoreKind.POSTGRES, 412_000)).isEqualTo("412,000 rows");
        assertThat(Units.items(StoreKind.REDIS, 1)).isEqualTo("1 key");
        assertThat(Units.items(StoreKind.OBJECTS, 0)).isEqualTo("0 files");
    }
}
