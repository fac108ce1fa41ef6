package dev.slipway.local.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LookTest {
    @Test
    void drawsLiveInColourOnATerminal() {
        assertThat(Look.of(true, Map.of("TERM", "xterm-256color"), UTF_8)).isEqualTo(new Look(true, true, true));
    }

    @Test
    void writesPlainLinesWhereNothingCanBeDrawnOver() {
        assertThat(Look.of(false, Map.of("TERM", "xterm"), UTF_8).live()).isFalse();
        assertThat(Look.of(true, Map.of("TERM", "dumb"), UTF_8).live()).isFalse();
        assertThat(Look.of(true, Map.of(), UTF_8).live()).isFalse();
    }

    @Test
    void honoursNoColorAndStillDrawsLive() {
        assertThat(Look.of(true, Map.of("TERM", "xterm", "NO_COLOR", "1"), UTF_8))
                .isEqualTo(new Look(true, false, true));
        assertThat(Look.of(true, Map.of("TERM", "xterm", "NO_COLOR", ""), UTF_8).colour())
                .isTrue();
    }

    @Test
    void usesAsciiWhereTheCharsetHasNothingElse() {
        assertThat(Look.of(true, Map.of("TERM", "xterm"), US_ASCII).unicode()).isFalse();
    }
}
