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
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Asked<String> asked = Asked.of(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } finally {
                ended.countDown();
            }
        });

        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
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
