package dev.slipway.postgres.inspect;

import dev.slipway.migration.Bytes;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One thing that waits for a copy.
 *
 * @param noun what the subject is, in the singular; empty where the subject says it
 * @param what after the subject a sentence; of <code>{is|are}</code> the word is taken that fits how many subjects there are, and
 *     <code>{1000 B}</code> is an amount of bytes, <code>{2 table}</code> of another noun, and <code>{...}</code> an ellipsis, which
 *     not every database's encoding has, so that no statement may
 * @param remedy in the same form
 */
record Trap(Severity severity, String noun, String subject, String what, String remedy) {
    private static final Pattern NUMBER = Pattern.compile("\\{([^{}|]*)\\|([^{}|]*)}");
    private static final Pattern COUNT = Pattern.compile("\\{(\\d+) ([\\w -]+)}");
    /** More than that are counted instead of named. */
    private static final int NAMED = 3;

    public static Trap read(ResultSet row) throws SQLException {
        return new Trap(
                Severity.valueOf(row.getString("severity")),
                row.getString("noun"),
                row.getString("subject"),
                row.getString("what"),
                row.getString("remedy"));
    }

    /** The check itself, where the server did not allow it. */
    static Trap notChecked(String check, String why) {
        return new Trap(
                Severity.WARNING,
                "check",
                "of " + check,
                "could not be made, for the reason '" + why + "'",
                "grant what it lacks, or look yourself");
    }

    /** What several subjects have in common. */
    public record Kind(Severity severity, String noun, String what, String remedy) {
        Finding of(List<String> subjects) {
            return subjects.size() == 1 ? one(subjects.getFirst()) : many(subjects);
        }

        /** Names the kind beside all that it has. */
        String title(int count) {
            return counted(count, noun) + " " + written(what, true);
        }

        private Finding one(String subject) {
            return new Finding(
                    severity, (noun + " " + subject).strip(), written(what, false) + ": " + written(remedy, false));
        }

        private Finding many(List<String> subjects) {
            int more = subjects.size() - NAMED;
            String names = String.join(", ", subjects.subList(0, Math.min(NAMED, subjects.size())))
                    + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "");
            return new Finding(
                    severity,
                    counted(subjects.size(), noun),
                    written(what, true) + " (" + names + "): " + written(remedy, true));
        }
    }

    Kind kind() {
        return new Kind(severity, noun, what, remedy);
    }

    private static String written(String text, boolean many) {
        return amounts(NUMBER.matcher(text).replaceAll(many ? "$2" : "$1")).replace("{...}", "…");
    }

    /** The text with its amounts written out. */
    static String amounts(String text) {
        return COUNT.matcher(text).replaceAll(match -> amount(match.group(1), match.group(2)));
    }

    private static String amount(String count, String noun) {
        return noun.equals("B") ? Bytes.text(Double.parseDouble(count)) : counted(Long.parseLong(count), noun);
    }

    private static String counted(long count, String noun) {
        String ending = count == 1 ? "" : noun.endsWith("x") || noun.endsWith("s") ? "es" : "s";
        return String.format(Locale.ROOT, "%,d ", count) + noun + ending;
    }
}
