package dev.slipway.objects.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares every object of both sides by its content, read on both, and by its content type. */
public final class ObjectsCompare {
    private static final int AT_ONCE = 16;
    private static final int LISTED = 20;

    private final ObjectPlace source;
    private final ObjectPlace target;
    private final Progress progress;
    private final SortedMap<String, String> same = new TreeMap<>();
    private final List<Difference> first = new ArrayList<>();
    private long differences;
    private long bytes;
    private @Nullable String unknown;

    public ObjectsCompare(ObjectPlace source, ObjectPlace target, Progress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    public Comparison compare() {
        SortedMap<String, Item> wanted = all(source);
        SortedMap<String, Item> found = all(target);
        long totalBytes = wanted.values().stream().mapToLong(Item::size).sum();
        found.forEach((key, item) -> {
            if (!wanted.containsKey(key)) {
                different(Side.ONLY_TARGET, key, item.size() + " bytes");
            }
        });
        try (BoundedTasks tasks = new BoundedTasks("objects-compare", AT_ONCE)) {
            wanted.values()
                    .forEach(item -> tasks.run(() -> {
                        compare(item, found.get(item.key()));
                        report(wanted.size(), totalBytes);
                    }));
            tasks.await();
        }
        return outcome();
    }

    private void compare(Item item, @Nullable Item found) {
        if (found == null) {
            different(Side.ONLY_SOURCE, item.key(), item.size() + " bytes");
        } else if (item.size() != found.size()) {
            different(
                    Side.BOTH, item.key(), item.size() + " bytes on the source and " + found.size() + " on the target");
        } else {
            compareContent(item, found);
        }
    }

    private void compareContent(Item item, Item found) {
        try (ObjectPlace.Opened here = source.open(item);
                ObjectPlace.Opened there = target.open(found)) {
            String wanted = Sha256.hex(here.content());
            String actual = Sha256.hex(there.content());
            String type = here.headers().contentType();
            String actualType = there.headers().contentType();
            if (!source.isUnchanged(item)) {
                unknown(item.key() + " was changed while it was read");
            } else if (!wanted.equals(actual)) {
                different(
                        Side.BOTH, item.key(), "SHA-256 " + wanted + " on the source and " + actual + " on the target");
            } else if (!type.equals(actualType)) {
                different(
                        Side.BOTH,
                        item.key(),
                        "content type " + type + " on the source and " + actualType + " on the target");
            } else {
                same(item, wanted + " " + type);
            }
        } catch (IOException e) {
            unknown(item.key() + " could not be read (" + e.getMessage() + ")");
        }
    }

    private synchronized void same(Item item, String content) {
        same.put(item.key(), content);
        bytes += item.size();
    }

    private synchronized void different(Side side, String key, String detail) {
        differences++;
        if (first.size() < LISTED) {
            first.add(new Difference(side, key, detail));
        }
    }

    private synchronized void unknown(String reason) {
        unknown = Optional.ofNullable(unknown).orElse(reason);
    }

    private synchronized void report(long total, long totalBytes) {
        progress.report(new Progress.Amount(source.name(), same.size(), total, bytes, totalBytes));
    }

    /** A difference that was seen outweighs what could not be told. */
    private synchronized Comparison outcome() {
        if (differences > 0) {
            return new Comparison.Different(differences, first);
        }
        return unknown != null ? new Comparison.Unknown(unknown) : new Comparison.Same(same.size(), bytes, digest());
    }

    private String digest() {
        MessageDigest digest = Sha256.digest();
        same.forEach((key, content) -> digest.update((key + "\0" + content + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static SortedMap<String, Item> all(ObjectPlace place) {
        SortedMap<String, Item> items = new TreeMap<>();
        try (Listing listing = place.list(KeyRange.ALL)) {
            listing.forEachRemaining(item -> items.put(item.key(), item));
        }
        return items;
    }
}
