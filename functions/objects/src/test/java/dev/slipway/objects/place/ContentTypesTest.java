package dev.slipway.objects.place;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {
    @ParameterizedTest
    @CsvSource({
        "a.PNG, image/png",
        "dir.zip/readme, application/octet-stream",
        ".png, application/octet-stream",
        "a.tar.gz, application/gzip",
        "trailing., application/octet-stream",
        "x.unheardof, application/octet-stream",
        "deep/a b.svg, image/svg+xml"
    })
    void areGuessedByTheEnding(String key, String type) {
        assertThat(ContentTypes.of(key)).isEqualTo(type);
    }
}
