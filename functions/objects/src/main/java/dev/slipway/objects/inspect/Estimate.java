package dev.slipway.objects.inspect;

import dev.slipway.migration.Detail;
import java.time.Duration;
import java.util.Map;

/** How long a copy may take, from stated assumptions: nobody knows the line and the target yet. */
final class Estimate {
    /** Two jobs of 16 requests, an object being three of them of 30 ms, one after the other. */
    private static final double OBJECTS_PER_SECOND = 32 / (3 * 0.03);

    private static final double BYTES_PER_SECOND = 100e6;
    private static final String ASSUMING = "32 requests of 30 ms at once, three for an object, and a line of 100 MB/s";

    private Estimate() {}

    static Detail of(long objects, long bytes) {
        long seconds = Math.round(Math.max(objects / OBJECTS_PER_SECOND, bytes / BYTES_PER_SECOND));
        return new Detail(
                "estimate", Map.of("seconds", seconds, "assuming", ASSUMING), text(seconds) + ", assuming " + ASSUMING);
    }

    private static String text(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (seconds < 60) {
            return "under a minute";
        }
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
