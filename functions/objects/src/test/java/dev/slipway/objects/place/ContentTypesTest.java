package dev.slipway.objects.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(ContentTypes.BUILT_IN.of(key)).isEqualTo(type);
    }

    @Test
    void areExtendedAndReplacedByATable(@TempDir Path folder) throws IOException {
        Path table = Files.writeString(folder.resolve("mime.types"), """
                # as in /etc/mime.types
                application/x-our-own\tours OWN2   # and a note
                text/css;charset=utf-8 css
                application/andrew-inset
                """);
        ContentTypes types = ContentTypes.BUILT_IN.with(table);
        assertThat(types.of("a.Ours")).isEqualTo("application/x-our-own");
        assertThat(types.of("a.own2")).isEqualTo("application/x-our-own");
        assertThat(types.of("a.css")).isEqualTo("text/css;charset=utf-8");
        assertThat(types.of("a.html")).isEqualTo("text/html");
        assertThat(types.of("a.note")).isEqualTo(ContentTypes.UNKNOWN);
    }

    @Test
    void areRefusedWhereTheTableIsNone(@TempDir Path folder) throws IOException {
        Path table = Files.writeString(folder.resolve("mime.types"), "text/html html\nhtm text/html\n");
        assertThatThrownBy(() -> ContentTypes.BUILT_IN.with(table))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 2 does not begin with a type");
        assertThatThrownBy(() -> ContentTypes.BUILT_IN.with(folder.resolve("gone")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("NoSuchFile");
    }
}
