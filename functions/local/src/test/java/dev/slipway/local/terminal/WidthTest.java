package dev.slipway.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WidthTest {
    @Test
    void isTheUsualOneWhereThereIsNoTerminal() {
        assertThat(new Width().getAsInt()).isEqualTo(80);
    }
}
