package dev.slipway.objects.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.BucketDescription;
import dev.slipway.objects.place.BucketVersions;
import dev.slipway.objects.place.History;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.UnfinishedUpload;
import dev.slipway.objects.settings.Setting;
import dev.slipway.objects.settings.SettingState;
import dev.slipway.objects.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a bucket's prefix holds: all of its list, some objects looked at, and a bounded number of versions. */
final class BucketSurvey {
    private static final long KEYS_WITH_VERSIONS = 10_000;

    private final Bucket bucket;
    private final SizeSurvey sizes = new SizeSurvey();
    private final KeySurvey keys = new KeySurvey();
    private final HeadSample heads = new HeadSample();
    private final Map<String, Long> classes = new TreeMap<>();
    private final List<Detail> further = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private long inParts;

    BucketSurvey(Bucket bucket) {
        this.bucket = bucket;
    }

    BucketSurvey look(Settings settings) {
        new BucketDescription(bucket).describe(this::add);
        heads.ask(bucket);
        heads.finding().ifPresent(findings::add);
        findings.addAll(keys.findings());
        archived().ifPresent(findings::add);
        versions(settings.state(Setting.VERSIONING) instanceof SettingState.Present);
        uploads();
        return this;
    }

    long count() {
        return sizes.count();
    }

    long bytes() {
        return sizes.bytes();
    }

    List<Detail> details() {
        List<Detail> details = new ArrayList<>(sizes.details());
        details.add(Estimate.of(sizes.count(), sizes.bytes()));
        details.add(
                new Detail("storageClasses", classes, classes.isEmpty() ? Detail.NONE : SizeSurvey.counts(classes)));
        details.add(new Detail("sentInParts", inParts, inParts == 0 ? Detail.NONE : inParts + " objects"));
        details.addAll(heads.details());
        details.add(keys.detail());
        details.addAll(further);
        return details;
    }

    List<Finding> findings() {
        return findings;
    }

    private void add(S3Object object) {
        String key = bucket.key(object.key());
        sizes.add(key, object.size(), Optional.ofNullable(object.lastModified()).orElse(Instant.EPOCH));
        keys.add(key);
        heads.add(new Item(key, object.size(), "", ""));
        classes.merge(Optional.ofNullable(object.storageClassAsString()).orElse("STANDARD"), 1L, Long::sum);
        inParts += String.valueOf(object.eTag()).contains("-") ? 1 : 0;
    }

    private Optional<Finding> archived() {
        long archived = classes.getOrDefault("GLACIER", 0L) + classes.getOrDefault("DEEP_ARCHIVE", 0L);
        return archived == 0
                ? Optional.empty()
                : Optional.of(
                        Finding.blocker(
                                "archive",
                                archived
                                        + " objects lie in an archive (GLACIER or DEEP_ARCHIVE) and cannot be read: restore them first."));
    }

    /** Where versioning was never on there are none beside the current ones. */
    private void versions(boolean kept) {
        if (!kept) {
            further.add(new Detail("versions", null, Detail.NONE));
            return;
        }
        long looked = 0;
        long older = 0;
        long deletions = 0;
        Iterator<History> histories = new BucketVersions(bucket).histories();
        for (; looked < KEYS_WITH_VERSIONS && histories.hasNext(); looked++) {
            List<History.Version> versions = histories.next().versions();
            long deleted = versions.stream().filter(History.Version::deleted).count();
            deletions += deleted;
            older += versions.size() - deleted - (versions.getLast().deleted() ? 0 : 1);
        }
        boolean all = !histories.hasNext();
        further.add(new Detail(
                "versions",
                Map.of("older", older, "deletions", deletions, "ofKeys", looked, "all", all),
                older + " older ones and " + deletions + " deletions, of " + (all ? "all " : "the first ") + looked
                        + " keys"));
        findings.add(
                Finding.warning(
                        "versions",
                        "The bucket keeps versions; only the current one of each object is copied, unless the source says ?versions=all."));
    }

    private void uploads() {
        List<UnfinishedUpload> uploads = UnfinishedUpload.below(bucket, "");
        further.add(new Detail(
                "unfinishedUploads", uploads.size(), uploads.isEmpty() ? Detail.NONE : String.valueOf(uploads.size())));
    }
}
