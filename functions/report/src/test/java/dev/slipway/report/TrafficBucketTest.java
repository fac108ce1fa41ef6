package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrafficBucketTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void keepsTheSecondsOfAShortRun() {
        assertThat(TrafficBucket.of(seconds(0, 60))).hasSize(60).allMatch(it -> it.requests() == 10);
    }

    @Test
    void joinsTheSecondsOfALongRunAndLosesNone() {
        List<TrafficBucket> buckets = TrafficBucket.of(seconds(0, 3600));
        assertThat(buckets).hasSize(240);
        assertThat(buckets.stream().mapToLong(TrafficBucket::requests).sum()).isEqualTo(36_000);
        assertThat(buckets.getFirst().perSecond(buckets.getFirst().requests())).isEqualTo(10);
    }

    @Test
    void leavesAGapWhereNothingWasMeasured() {
        List<TrafficSecond> traffic = LongStream.concat(LongStream.range(0, 10), LongStream.range(50, 60))
                .mapToObj(TrafficBucketTest::second)
                .toList();
        TimeAxis axis = new TimeAxis(START, START, START.plusSeconds(60));
        assertThat(ShiftPanels.requests(axis, TrafficBucket.of(traffic))
                        .orElseThrow()
                        .layers()
                        .getFirst()
                        .path())
                .matches("M[^M]*Z?M[^M]*");
    }

    private static List<TrafficSecond> seconds(long from, long to) {
        return LongStream.range(from, to).mapToObj(TrafficBucketTest::second).toList();
    }

    private static TrafficSecond second(long at) {
        return new TrafficSecond(START.plusSeconds(at), 6, 4, 0, 0);
    }
}
