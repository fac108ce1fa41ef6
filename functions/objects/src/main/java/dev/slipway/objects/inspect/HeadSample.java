package dev.slipway.objects.inspect;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** What a list does not say of objects is asked of some, taken from all alike: content types, encryption, metadata, tags, checksums. */
final class HeadSample {
    private static final int SIZE = 200;
    private static final int AT_ONCE = 16;

    private final Random random = new Random(1);
    private final List<Item> sample = new ArrayList<>();
    private final Map<String, Long> types = new TreeMap<>();
    private final Map<String, Long> encryption = new TreeMap<>();
    private final Map<String, Long> has = new TreeMap<>();
    private long seen;
    private long asked;
    private long refused;
    private Optional<String> firstRefused = Optional.empty();

    /** Each object has the same chance, however many come. */
    void add(Item item) {
        seen++;
        if (sample.size() < SIZE) {
            sample.add(item);
        } else {
            long place = random.nextLong(seen);
            if (place < SIZE) {
                sample.set((int) place, item);
            }
        }
    }

    void ask(Bucket bucket) {
        try (BoundedTasks tasks = new BoundedTasks("objects-inspect", AT_ONCE)) {
            sample.forEach(item -> tasks.run(() -> ask(bucket, item)));
            tasks.await();
        }
    }

    private void ask(Bucket bucket, Item item) {
        try (WireAnswer answer = bucket.wire()
                .send(WireRequest.head(bucket.fullKey(item.key()), Map.of("x-amz-checksum-mode", "ENABLED")))) {
            count(answer);
        } catch (WireRefusal e) {
            refuse(item, e);
        } catch (IOException e) {
            // One that is not answered is one less in the sample.
            return;
        }
    }

    private synchronized void count(WireAnswer answer) {
        asked++;
        types.merge(answer.header("content-type").orElse("none"), 1L, Long::sum);
        encryption.merge(answer.header("x-amz-server-side-encryption").orElse("none said"), 1L, Long::sum);
        note("metadata", answer.headers().keySet().stream().anyMatch(name -> name.startsWith("x-amz-meta-")));
        note("tags", answer.header("x-amz-tagging-count").isPresent());
        note("CRC64NVME", answer.header(Bucket.CHECKSUM).isPresent());
        note("a lock", answer.header("x-amz-object-lock-mode").isPresent());
    }

    private void note(String what, boolean found) {
        has.merge(what, found ? 1L : 0L, Long::sum);
    }

    private synchronized void refuse(Item item, WireRefusal e) {
        if (e.status() == 403) {
            refused++;
            firstRefused = firstRefused.or(() -> Optional.of(item.key()));
        }
    }

    List<Detail> details() {
        String of = " of " + asked + " looked at";
        return List.of(
                new Detail("lookedAt", asked, ""),
                new Detail("contentTypes", types, types.isEmpty() ? Detail.NONE : SizeSurvey.counts(types) + of),
                new Detail(
                        "encryptedAs",
                        encryption,
                        encryption.isEmpty() ? Detail.NONE : SizeSurvey.counts(encryption) + of),
                new Detail(
                        "objectsWith",
                        has,
                        has.values().stream().allMatch(count -> count == 0)
                                ? Detail.NONE
                                : SizeSurvey.counts(has) + of));
    }

    Optional<Finding> finding() {
        return firstRefused.map(key -> Finding.blocker(
                "rights",
                "This login may not read '" + key + "', nor " + (refused - 1) + " others of " + (asked + refused)
                        + " that were looked at: grant it s3:GetObject."));
    }
}
