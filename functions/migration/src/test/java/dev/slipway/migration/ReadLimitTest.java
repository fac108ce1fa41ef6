package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupted thread shows whether it would have waited. */
@Timeout(20)
class ReadLimitTest {
    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void waitsForNothingWithoutALimit() {
        Thread.currentThread().interrupt();
        assertThatCode(() -> ReadLimit.of(0).await(Long.MAX_VALUE)).doesNotThrowAnyException();
    }

    @Test
    void isGivenUpByAThreadThatIsInterruptedAndSaysSoToItsCaller() {
        ReadLimit limit = ReadLimit.of(1);
        limit.await(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> limit.await(1))
                .isInstanceOf(CancellationException.class)
                .hasMessage("interrupted while the source's rate was kept");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void takesARateThatIsFasterThanItsClock() {
        assertThatCode(() -> ReadLimit.of(Long.MAX_VALUE).await(1)).doesNotThrowAnyException();
    }

    @Test
    void countsEachByteOfAStreamOnce() throws IOException {
        List<Long> counted = new ArrayList<>();
        ReadLimit limit = counted::add;
        try (InputStream content =
                limit.on(new ByteArrayInputStream("every byte of it".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(content.readAllBytes()).asString().isEqualTo("every byte of it");
        }
        assertThat(counted).containsExactly(16L);
    }
}
