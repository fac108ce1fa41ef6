package dev.slipway.objects.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Details;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.StoreKind;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.FolderWalk;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Counts objects and names what has no place in a bucket. */
public final class ObjectsInspection {
    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
    private static final int LONGEST_KEY = 1024;

    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Detail> details = new ArrayList<>();

    public Inspection inspect(Folder folder) {
        long[] found = new long[2];
        folder.walk(new FolderWalk() {
            @Override
            public void file(Path path) throws java.io.IOException {
                found[0]++;
                found[1] += Files.size(path);
                check(folder, path);
            }

            @Override
            public void folder(Path path, boolean empty) {
                if (empty && !path.equals(folder.root())) {
                    add(Finding.warning(
                            "empty folders",
                            "Empty folders, such as " + folder.names().escaped(path) + ", do not become objects."));
                }
            }

            @Override
            public void other(Path path, String what) {
                add(Finding.warning(
                        "not copied", folder.names().escaped(path) + " is " + what + " and is not copied."));
            }
        });
        return inspection(found[0], found[1]);
    }

    public Inspection inspect(Bucket bucket) {
        long items = 0;
        long bytes = 0;
        try (Listing listing = bucket.list(KeyRange.ALL)) {
            while (listing.hasNext()) {
                items++;
                bytes += listing.next().size();
            }
        }
        BucketFindings settings = new BucketFindings(Settings.of(bucket));
        details.addAll(settings.details());
        settings.findings().forEach(this::add);
        if (isVersioned(bucket)) {
            add(Finding.warning(
                    "versions", "The bucket keeps versions; only the current one of each object is copied."));
        }
        return inspection(items, bytes);
    }

    /** What a bucket has otherwise than another one, beside their objects. */
    public static List<Finding> between(Bucket source, Bucket target) {
        return new BucketFindings(Settings.of(source)).against(Settings.of(target));
    }

    private void check(Folder folder, Path path) {
        Optional<String> key = folder.names().key(path);
        if (key.isEmpty()) {
            add(Finding.blocker(
                    "names",
                    "The name " + folder.names().escaped(path)
                            + " is no UTF-8, which a key of S3 must be: rename it."));
        } else if (key.get().getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            add(Finding.blocker(
                    "long names",
                    "The path " + folder.names().escaped(path) + " is longer than the " + LONGEST_KEY
                            + " bytes of a key of S3."));
        }
        if (!Files.isReadable(path)) {
            add(Finding.blocker(
                    "unreadable", "This user may not read " + folder.names().escaped(path) + "."));
        }
    }

    /** The first of each kind is named, the others are counted. */
    private void add(Finding finding) {
        findings.putIfAbsent(finding.subject(), finding);
        counts.merge(finding.subject(), 1, Integer::sum);
    }

    private Inspection inspection(long items, long bytes) {
        List<Finding> all = new ArrayList<>();
        findings.forEach((subject, finding) -> {
            int more = counts.getOrDefault(subject, 1) - 1;
            all.add(
                    more == 0
                            ? finding
                            : new Finding(
                                    finding.severity(),
                                    subject,
                                    finding.message() + " So it is with " + more + " more."));
        });
        return new Inspection(StoreKind.OBJECTS, "", items, bytes, items == 0, new Details(details), all);
    }

    private static boolean isVersioned(Bucket bucket) {
        try {
            return bucket.s3()
                            .getBucketVersioning(request -> request.bucket(bucket.bucket()))
                            .status()
                    == BucketVersioningStatus.ENABLED;
        } catch (SdkException e) {
            // Not everybody who may read the objects may ask this.
            return false;
        }
    }
}
