package dev.slipway.report.plan;

import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.report.Units;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What stands in a plan, in the words that the terminal and the page share. */
public final class Words {
    private Words() {}

    /** E.g. {@code compute-first}. */
    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** E.g. {@code 1 blocker}, {@code 3 blockers}. */
    public static String count(long count, String noun) {
        return Units.count(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /** E.g. {@code a, b}, or {@code a, b and 3 more} where there are more than {@code most}. */
    public static String some(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most - 1)) + " and " + (names.size() - most + 1) + " more";
    }

    /** E.g. {@code $1,284.48}. */
    public static String dollars(BigDecimal amount) {
        return String.format(Locale.ROOT, "$%,.2f", amount);
    }

    /** E.g. {@code 0.25 vCPU, 512 MB}. */
    public static String size(int cpu, int memoryMib) {
        if (cpu == 0) {
            return "the server's own";
        }
        return number(cpu / 1024.0) + " vCPU, "
                + (memoryMib % 1024 == 0 ? memoryMib / 1024 + " GB" : memoryMib + " MB");
    }

    /** E.g. {@code 2}, {@code 2 to 10 at 70 % CPU}. */
    public static String tasks(PlannedService service) {
        return number(service)
                + service.scaling()
                        .map(scaling -> " at " + scaling.cpuPercent() + " % CPU")
                        .orElse("");
    }

    /** E.g. {@code 2}, {@code 2 to 10}. */
    static String number(PlannedService service) {
        return service.scaling()
                .map(scaling -> scaling.least() + " to " + scaling.most())
                .orElseGet(() -> String.valueOf(service.count()));
    }

    /** What a store is today, e.g. {@code postgres 15}. */
    public static String today(PlannedStore store) {
        return (store.engine() + " " + store.version()).strip();
    }

    /** What takes a store's place, e.g. {@code Amazon RDS for PostgreSQL 15, db.t4g.micro, 20 GB}. */
    public static String target(PlannedStore store) {
        if (store.role() == StoreRole.LEAVE) {
            return "stays where it is";
        }
        String name = (store.target() + " " + store.targetVersion()).strip();
        String storage = store.storageGb() == 0 ? "" : store.storageGb() + " GB";
        return String.join(
                ", ",
                Stream.of(name, store.instance(), storage, turns(store))
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    private static String turns(PlannedStore store) {
        return store.options()
                .rotationDays()
                .map(days -> "app's logins turned every " + count(days, "day"))
                .orElse("");
    }

    /** What is meant by a store's role. */
    public static String meaning(StoreRole role) {
        return switch (role) {
            case RECORD -> "copied, compared, fenced";
            case CACHE -> "copied, may differ afterwards";
            case LEAVE -> "not copied";
        };
    }

    /** How a store is copied and with what; empty where nothing is said of it. */
    public static String copying(PlannedStore store) {
        CopyPace pace = store.pace();
        List<String> parts = new ArrayList<>();
        if (pace.workers() > 1) {
            parts.add("by " + pace.workers() + " workers");
        }
        if (pace.jobs() != CopyPace.DEFAULT.jobs()) {
            parts.add(pace.jobs() + " jobs each");
        }
        if (pace.bytesPerSecond() > 0) {
            parts.add("at most " + Units.bytesPerSecond((double) pace.bytesPerSecond()));
        }
        if (!store.bucket().properties().isEmpty()) {
            parts.add(
                    "with its " + String.join(", ", store.bucket().properties().keySet()));
        }
        return String.join(", ", parts);
    }

    /** E.g. {@code 1 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.3g", share * 100).replaceFirst("\\.?0+$", "") + " %";
    }

    /** E.g. {@code 5 min}. */
    public static String seconds(long seconds) {
        return seconds < 10 ? seconds + " s" : Units.duration(Duration.ofSeconds(seconds));
    }

    /** E.g. {@code 12 kept, 40 changed, 16 lost}. */
    public static String fates(List<KeyFate> kept, List<KeyFate> changed, List<KeyFate> lost) {
        return Units.count(kept.size()) + " kept, " + Units.count(changed.size()) + " changed, "
                + Units.count(lost.size()) + " lost";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    }
}
