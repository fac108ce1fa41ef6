package dev.slipway.redis.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.redis.replication.StreamPosition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeardTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final AtomicLong nanos = new AtomicLong();
    private final Heard heard = new Heard(nanos::get);

    /** A carrier took the stream from a turn behind the fence, because the clock of one of their machines had been moved. */
    @Test
    void takesNobodyForSilentByWhatAnotherClockSays() {
        for (long at : new long[] {0, System.currentTimeMillis() - HOUR, System.currentTimeMillis() + HOUR}) {
            assertThat(heard.silence(state("turn", 1, at))).isZero();
            assertThat(heard.isAlive(state("turn", 1, at))).isTrue();
        }
    }

    @Test
    void countsTheTimeInWhichNothingWasWritten() {
        long ahead = System.currentTimeMillis() + HOUR;
        heard.silence(state("worker", 1, ahead));
        nanos.addAndGet(StreamState.SILENCE.toNanos());
        assertThat(heard.silence(state("worker", 1, ahead))).isEqualTo(StreamState.SILENCE);
        assertThat(heard.isAlive(state("worker", 1, ahead))).isFalse();
        assertThat(heard.isAlive(state("worker", 2, ahead))).isTrue();
        assertThat(heard.isAlive(state("", 3, ahead))).isFalse();
    }

    private static StreamState state(String owner, long bytes, long at) {
        return new StreamState("127.0.0.1:1", new StreamPosition("a", bytes), owner, at);
    }
}
