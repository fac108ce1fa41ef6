package dev.slipway.worker;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import dev.slipway.report.Forecast;
import dev.slipway.report.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Says once in a while how far a piece of work is, and how long it will still take. */
final class ProgressLines implements Progress {
    private static final long BETWEEN_LOOKS_MILLIS = 250;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final PrintWriter out;
    private final StoreKind kind;
    private final InstantSource clock;
    private final AtomicLong looked = new AtomicLong(Long.MIN_VALUE);
    private final Forecast forecast = new Forecast();
    private Instant said;

    ProgressLines(PrintWriter out, StoreKind kind, InstantSource clock) {
        this.out = out;
        this.kind = kind;
        this.clock = clock;
        said = clock.instant();
    }

    /** Some work reports each of a million keys: most are not even looked at. */
    @Override
    public void report(Amount amount) {
        long last = looked.get();
        long now = clock.millis();
        if (now >= last + BETWEEN_LOOKS_MILLIS && looked.compareAndSet(last, now)) {
            look(Instant.ofEpochMilli(now), amount);
        }
    }

    private synchronized void look(Instant now, Amount amount) {
        forecast.add(now, amount);
        if (!now.isBefore(said.plus(PAUSE))) {
            said = now;
            out.println(line(amount, now));
            out.flush();
        }
    }

    private String line(Amount amount, Instant now) {
        List<String> parts = new ArrayList<>(List.of(amount.what()));
        if (amount.bytes() > 0) {
            parts.add(of(Units.bytes(amount.bytes()), amount.ofBytes() > 0, Units.bytes(amount.ofBytes())));
        }
        if (amount.items() > 0) {
            parts.add(of(
                    amount.ofItems() > 0 ? Units.count(amount.items()) : Units.items(kind, amount.items()),
                    amount.ofItems() > 0,
                    Units.items(kind, amount.ofItems())));
        }
        forecast.speed().map(it -> Units.speed(kind, it)).ifPresent(parts::add);
        forecast.left(now).map(Units::left).ifPresent(parts::add);
        return String.join("  ", parts);
    }

    private static String of(String done, boolean known, String all) {
        return known ? done + " of " + all : done;
    }
}
