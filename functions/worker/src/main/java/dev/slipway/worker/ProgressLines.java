package dev.slipway.worker;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import dev.slipway.report.Units;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Says once in a while how far a piece of work is. */
final class ProgressLines implements Progress {
    private static final long PAUSE_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private final StoreKind kind;
    private final AtomicLong said = new AtomicLong(System.nanoTime());

    ProgressLines(PrintWriter out, StoreKind kind) {
        this.out = out;
        this.kind = kind;
    }

    @Override
    public void report(Amount amount) {
        long last = said.get();
        long now = System.nanoTime();
        if (now - last >= PAUSE_NANOS && said.compareAndSet(last, now)) {
            out.println(line(amount));
            out.flush();
        }
    }

    private String line(Amount amount) {
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
        return String.join("  ", parts);
    }

    private static String of(String done, boolean known, String all) {
        return known ? done + " of " + all : done;
    }
}
