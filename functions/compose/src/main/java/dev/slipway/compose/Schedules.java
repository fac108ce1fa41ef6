package dev.slipway.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says the times of a crontab in the words of EventBridge Scheduler.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule types</a>
 */
public final class Schedules {
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final List<String> MONTHS =
            List.of("", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    /** A crontab counts from Sunday, which is 0 and 7. */
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private static final Pattern EVERY = Pattern.compile("@every\\s+(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:0s)?");
    private static final Pattern PART = Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,4}))?");
    private static final Pattern ZONE = Pattern.compile("(?:CRON_)?TZ=\\S+\\s+");

    private Schedules() {}

    /**
     * The same times as {@code cron(…)} or {@code rate(…)}; empty where EventBridge has no words for them, such as a day of the month
     * <em>or</em> of the week, or every ten seconds.
     *
     * @param crontab five fields, six with the seconds first, {@code @daily} and its kin, or {@code @every 5m}
     */
    public static Optional<String> of(String crontab) {
        String text = ZONE.matcher(crontab.strip()).replaceFirst("");
        Matcher every = EVERY.matcher(text);
        if (every.matches()) {
            return rate(number(every.group(1)) * 60 + number(every.group(2)));
        }
        String[] fields = NICKNAMES
                .getOrDefault(text.toLowerCase(Locale.ROOT), text)
                .toUpperCase(Locale.ROOT)
                .split("\\s+");
        return switch (fields.length) {
            case 5 -> cron(fields, 0);
            case 6 -> fields[0].equals("0") ? cron(fields, 1) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Optional<String> rate(long minutes) {
        if (minutes == 0) {
            return Optional.empty();
        }
        boolean hours = minutes % 60 == 0;
        long value = hours ? minutes / 60 : minutes;
        return Optional.of("rate(" + value + (hours ? " hour" : " minute") + (value == 1 ? ")" : "s)"));
    }

    private static Optional<String> cron(String[] fields, int first) {
        Optional<String> minute = field(fields[first], Field.MINUTE);
        Optional<String> hour = field(fields[first + 1], Field.HOUR);
        Optional<String> day = field(fields[first + 2], Field.DAY);
        Optional<String> month = field(fields[first + 3], Field.MONTH);
        Optional<String> weekday = field(fields[first + 4], Field.WEEKDAY);
        boolean known = List.of(minute, hour, day, month, weekday).stream().allMatch(Optional::isPresent);
        // In a crontab either day is enough; EventBridge takes one of them only.
        boolean bothDays = known && !day.get().equals("*") && !weekday.get().equals("*");
        if (!known || bothDays) {
            return Optional.empty();
        }
        boolean byWeekday = !weekday.get().equals("*");
        return Optional.of("cron(" + minute.get() + " " + hour.get() + " " + (byWeekday ? "?" : day.get()) + " "
                + month.get() + " " + (byWeekday ? weekday.get() : "?") + " *)");
    }

    /** The values of a field, listed: what stands in a list is the same to both. */
    private static Optional<String> field(String text, Field field) {
        if (text.equals("*") || text.equals("?")) {
            return Optional.of("*");
        }
        Set<Integer> values = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            List<Integer> of = values(part, field);
            if (of.isEmpty()) {
                return Optional.empty();
            }
            of.forEach(value -> values.add(field.isWeekday() ? value % 7 : value));
        }
        return Optional.of(values.size() == field.last - field.least + 1 ? "*" : field.text(List.copyOf(values)));
    }

    private static List<Integer> values(String part, Field field) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            return List.of();
        }
        boolean all = matcher.group(1) != null;
        int step = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
        int from = all ? field.least : field.value(matcher.group(2));
        int to = all
                ? field.last
                : matcher.group(3) != null ? field.value(matcher.group(3)) : step > 1 ? field.last : from;
        List<Integer> values = new ArrayList<>();
        if (from < field.least || to > field.most || step < 1) {
            return values;
        }
        for (int value = from; value <= to; value += step) {
            values.add(value);
        }
        return values;
    }

    /** @param most Sunday may be written 7, too */
    private record Field(int least, int last, int most, List<String> names) {
        static final Field MINUTE = new Field(0, 59, 59, List.of());
        static final Field HOUR = new Field(0, 23, 23, List.of());
        static final Field DAY = new Field(1, 31, 31, List.of());
        static final Field MONTH = new Field(1, 12, 12, MONTHS);
        static final Field WEEKDAY = new Field(0, 6, 7, DAYS);

        boolean isWeekday() {
            return most > last;
        }

        int value(String text) {
            return text.matches("\\d{1,2}") ? Integer.parseInt(text) : names.indexOf(text);
        }

        String text(List<Integer> sorted) {
            boolean range = sorted.size() > 2 && sorted.getLast() - sorted.getFirst() == sorted.size() - 1;
            return range
                    ? word(sorted.getFirst()) + "-" + word(sorted.getLast())
                    : sorted.stream().map(this::word).collect(Collectors.joining(","));
        }

        private String word(int value) {
            return isWeekday() ? DAYS.get(value) : Integer.toString(value);
        }
    }
}
