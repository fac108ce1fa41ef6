package dev.slipway.redis.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void areWrittenAsRunsAndReadAgain() {
        for (Slots slots : List.of(
                Slots.ALL,
                Slots.of(List.of()),
                Slots.of(List.of(0)),
                Slots.of(List.of(16_383)),
                Slots.of(List.of(3, 4, 5, 900, 16_382, 16_383)))) {
            assertThat(Slots.parse(slots.toString())).isEqualTo(slots);
        }
        assertThat(Slots.of(List.of(3, 4, 5, 900))).hasToString("3-5,900-900");
        assertThat(Slots.ALL).hasToString("0-16383");
    }

    @Test
    void knowTheirKeysByWhatABraceEncloses() {
        Slots one = Slots.of(List.of(12_182));

        assertThat(one.has(bytes("foo"))).isTrue();
        assertThat(one.has(bytes("{foo}bar"))).isTrue();
        assertThat(one.has(bytes("foobar"))).isFalse();
        assertThat(one.has(bytes(""))).isFalse();
        assertThat(Slots.ALL.has(bytes("\u20AC{"))).isTrue();
    }

    @Test
    void haveParts() {
        Slots some = Slots.of(List.of(1, 5, 6, 9));

        assertThat(some.part(0, 2)).hasToString("1-1,5-5");
        assertThat(some.part(2, 4)).hasToString("6-6,9-9");
        assertThat(some.part(2, 2).count()).isZero();
        assertThat(some.and(Slots.between(5, 8))).hasToString("5-6");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
