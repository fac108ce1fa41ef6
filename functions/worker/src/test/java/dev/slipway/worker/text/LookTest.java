package dev.slipway.worker.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Model.CommandSpec;

class LookTest {
    @Test
    void isPlainWhereThereIsNoTerminal() {
        assertThat(Look.of(CommandSpec.create(), Map.of("TERM", "xterm"))).isEqualTo(Look.PLAIN);
    }

    @Test
    void isAsWideAsTheTerminalOrAsTheUserSays() {
        assertThat(Look.columns(true, Map.of(), () -> 97)).isEqualTo(97);
        assertThat(Look.columns(true, Map.of("COLUMNS", "120"), () -> 97)).isEqualTo(120);
        assertThat(Look.columns(false, Map.of("COLUMNS", "80"), () -> 97)).isEqualTo(80);
        assertThat(Look.columns(true, Map.of("COLUMNS", "-1"), () -> 97)).isEqualTo(97);
        assertThat(Look.columns(true, Map.of("COLUMNS", "3"), () -> 97)).isEqualTo(40);
        assertThat(Look.columns(false, Map.of(), () -> 97)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void coloursWhatItIsToldToOnly() {
        Look coloured = new Look(80, Ansi.ON);
        assertThat(coloured.text("red", Style.fg_red)).hasToString("\033[31mred\033[39m\033[0m");
        assertThat(Look.PLAIN.text("red", Style.fg_red)).hasToString("red");
        assertThat(coloured.text("@|red markup|@").plainString()).isEqualTo("@|red markup|@");
    }

    @Test
    void letsNoTextCommandTheTerminal() {
        assertThat(Look.PLAIN.text("a\033[31mb\r\nc\u202Ed\u0000").plainString())
                .isEqualTo("a [31mb c d");
    }
}
