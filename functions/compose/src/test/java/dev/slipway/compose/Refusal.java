package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.InvalidSpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What reading a file that is wrong comes to. */
final class Refusal {
    private Refusal() {}

    /** One line that says what is wrong and where. */
    static void assertRefused(ThrowingCallable reading, String place, String reason) {
        assertThatThrownBy(reading)
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining(place)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }
}
