package dev.slipway.objects.place;

import dev.slipway.migration.exception.CopyFailed;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version as a store lists it.
 *
 * @param time in whole seconds: some stores say it of deletions more exactly than of versions
 */
record ListedVersion(History.Version version, Instant time) {
    /** https://github.com/ulid/spec: they are in the order of time. */
    private static final Pattern ULID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    String key() {
        return version.item().key();
    }

    private boolean deleted() {
        return version.deleted();
    }

    private String id() {
        return version.item().stamp();
    }

    /**
     * One key's, the newest first, of a store that lists deletions apart from versions: by their ids, where these are of a kind that
     * tells, otherwise by their times.
     *
     * @throws CopyFailed if neither tells
     */
    static List<ListedVersion> inOrder(List<ListedVersion> listed) {
        if (listed.stream().map(ListedVersion::deleted).distinct().count() < 2) {
            return listed;
        }
        return listed.stream().allMatch(each -> ULID.matcher(each.id()).matches())
                ? listed.stream()
                        .sorted(Comparator.comparing(ListedVersion::id).reversed())
                        .toList()
                : merged(listed);
    }

    private static List<ListedVersion> merged(List<ListedVersion> listed) {
        Deque<ListedVersion> deletions =
                new ArrayDeque<>(listed.stream().filter(ListedVersion::deleted).toList());
        Deque<ListedVersion> versions =
                new ArrayDeque<>(listed.stream().filter(each -> !each.deleted()).toList());
        List<ListedVersion> merged = new ArrayList<>();
        while (!deletions.isEmpty() && !versions.isEmpty()) {
            boolean deleted = deletions.getFirst().isAfter(versions.getFirst());
            merged.add(deleted ? deletions.removeFirst() : versions.removeFirst());
        }
        merged.addAll(deletions);
        merged.addAll(versions);
        return merged;
    }

    private boolean isAfter(ListedVersion other) {
        if (time.equals(other.time)) {
            throw new CopyFailed(
                    "put the versions of '" + key() + "' in order",
                    "the store lists deletions apart from versions, and one of each is of the same second",
                    "copy the current versions, without ?versions=all");
        }
        return time.isAfter(other.time);
    }
}
