package dev.slipway.redis.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownTallyTest {
    private final KnownTally known = new KnownTally(10);
    private final SeenTally plain = new SeenTally();

    @Test
    void comesToWhatALookAtEachKeyComesTo() {
        for (int i = 0; i < 5_000; i++) {
            known.same(i % 3, bytes("key " + i), digest("first " + i), i);
            known.same(i % 3, bytes("key " + i), digest("first " + i), i);
        }
        for (int i = 0; i < 5_000; i++) {
            if (i % 5 == 0) {
                known.gone(i % 3, bytes("key " + i));
            } else if (i % 7 == 0) {
                known.same(i % 3, bytes("key " + i), digest("second " + i), 2);
                plain.same(i % 3, bytes("key " + i), digest("second " + i), 2);
            } else {
                plain.same(i % 3, bytes("key " + i), digest("first " + i), i);
            }
        }
        known.gone(7, bytes("never"));

        assertThat(known.count()).isEqualTo(plain.count());
        assertThat(known.digest()).isEqualTo(plain.digest());
    }

    @Test
    void countsAKeyAgainThatCameBack() {
        plain.same(0, bytes("key"), digest("value"), 5);
        assertThat(known.same(0, bytes("key"), digest("value"), 5)).isTrue();
        known.gone(0, bytes("key"));
        assertThat(known.count()).isEqualTo(new KeyTally.Count(0, 0));
        assertThat(known.same(0, bytes("key"), digest("value"), 5)).isTrue();
        assertThat(known.same(0, bytes("key"), digest("value"), 5)).isFalse();
        assertThat(known.count()).isEqualTo(plain.count());
        assertThat(known.digest()).isEqualTo(plain.digest());
    }

    @Test
    void isNotMadeForMoreThanTheMemoryHolds() {
        assertThat(KnownTally.hasRoomFor(1_000)).isTrue();
        assertThat(KnownTally.hasRoomFor(Runtime.getRuntime().maxMemory() / 100))
                .isFalse();
    }

    private static byte[] digest(String value) {
        return dev.slipway.redis.keys.ContentDigest.of(bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
