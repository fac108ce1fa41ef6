package dev.slipway.objects.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApproachTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Approach approach = new Approach(LONGEST, pass(100_000, 5_000));

    @Test
    void isNearOnceAPassIsHardlyShorterThanTheOneBefore() {
        assertThat(approach.isNear(pass(2_000, 300))).isFalse();
        assertThat(approach.isNear(pass(1_600, 200))).isTrue();
    }

    @Test
    void isNearOnceAPassFindsLittle() {
        assertThat(approach.isNear(pass(2_000, 10))).isTrue();
    }

    @Test
    void isNotNearWhereAPassTakesHalfOfThePause() {
        assertThat(approach.isNear(pass(5_000, 1))).isFalse();
    }

    /** Each a quarter shorter, and none finds little. */
    @Test
    void theLastPassIsNearWhereItIsQuick() {
        int took = 4_000;
        for (int i = 1; i < 10; i++) {
            assertThat(approach.isNear(pass(took, 11))).isFalse();
            assertThat(approach.isOver()).isFalse();
            took = took * 7 / 10;
        }

        assertThat(approach.isNear(pass(took, 11))).isTrue();
    }

    @Test
    void isNeverNearWherePassesStayLong() {
        for (int i = 0; i < 10; i++) {
            assertThat(approach.isOver()).isFalse();
            assertThat(approach.isNear(pass(6_000, 1_000))).isFalse();
        }

        assertThat(approach.isOver()).isTrue();
    }

    private static Found pass(int millis, int changed) {
        return new Found(
                changed,
                changed,
                Optional.empty(),
                0,
                new Comparison.Same(0, 0, "digest", List.of()),
                Duration.ofMillis(millis));
    }
}
