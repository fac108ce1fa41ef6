package dev.slipway.objects.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AskedTest {
    @Test
    void givesUpWhatTakesTooLongAndSaysHowLongThatWas() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Asked<String> asked = Asked.of(() -> {
            try {
                new CountDownLatch(1).await();
                return "never";
            } finally {
                ended.countDown();
            }
        });

        assertThatThrownBy(() -> asked.answer(Duration.ofMillis(1)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("it said nothing for 0 seconds");

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failsAsTheQuestionDid() {
        assertThatThrownBy(() -> Asked.of(() -> {
                            throw new IOException("broken");
                        })
                        .answer())
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
    }
}
