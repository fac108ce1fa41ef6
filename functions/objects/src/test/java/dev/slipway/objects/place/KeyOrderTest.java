package dev.slipway.objects.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    @Test
    void isThatOfTheBytes() {
        List<String> keys =
                List.of("", "a", "a/b", "a-b", "a0", "\u00e9", "e\u0301", "\uFFFD", "\uD83D\uDE00", "\uE000", "\uD7FF");
        for (String left : keys) {
            for (String right : keys) {
                assertThat(Integer.signum(KeyOrder.INSTANCE.compare(left, right)))
                        .as("%s and %s", left, right)
                        .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8))));
            }
        }
    }
}
