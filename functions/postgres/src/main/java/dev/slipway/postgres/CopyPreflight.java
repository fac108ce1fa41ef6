package dev.slipway.postgres;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What would make a copy fail in the middle, or leave something out, told before anything is changed. */
final class CopyPreflight {
    private final String what;
    private final PostgresSession from;
    private final PostgresSession to;

    CopyPreflight(String what, PostgresSession from, PostgresSession to) {
        this.what = what;
        this.from = from;
        this.to = to;
    }

    /** @throws CopyFailed naming the first thing that stands in the way, and what to do about it */
    void demand(StoreUrl source) throws SQLException {
        demandVersion();
        demandRights(source);
        demandExtensions();
    }

    private void demandVersion() throws SQLException {
        if (to.majorVersion() < from.majorVersion()) {
            throw new CopyFailed(
                    what,
                    "the target runs version " + to.majorVersion() + " and the source " + from.majorVersion()
                            + ", whose schema an older server may not understand",
                    "take a target of version " + from.majorVersion() + " or later");
        }
    }

    private void demandRights(StoreUrl source) throws SQLException {
        List<String> unreadable = from.query(
                Sql.file("unreadable"), row -> row.getString("name") + " (it lacks " + row.getString("lacks") + ")");
        if (!unreadable.isEmpty()) {
            throw new CopyFailed(
                    what,
                    "the user " + source.user().orElse("") + " may not read " + unreadable.getFirst()
                            + others(unreadable.size()),
                    "grant it on the source, or log in as a role that has it");
        }
    }

    private void demandExtensions() throws SQLException {
        Set<String> offered =
                new HashSet<>(to.query("SELECT name FROM pg_available_extensions", row -> row.getString(1)));
        List<String> missing = from
                .query(
                        "SELECT extname, extversion FROM pg_extension ORDER BY 1",
                        row -> List.of(row.getString(1), row.getString(2)))
                .stream()
                .filter(extension -> !offered.contains(extension.getFirst()))
                .map(extension -> extension.getFirst() + " (" + extension.getLast() + ")")
                .toList();
        if (!missing.isEmpty()) {
            throw new CopyFailed(
                    what,
                    "the target does not offer the extension " + missing.getFirst() + others(missing.size()),
                    "install it there, or drop it from the source if nothing uses it");
        }
    }

    private static String others(int all) {
        return all == 1 ? "" : " and " + (all - 1) + " more";
    }
}
