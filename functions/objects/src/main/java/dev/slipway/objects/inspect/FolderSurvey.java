package dev.slipway.objects.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import dev.slipway.objects.place.ContentTypes;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.FolderWalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a folder holds, and what of it is no object. */
final class FolderSurvey implements FolderWalk {
    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
    private static final int LONGEST_KEY = 1024;

    private final Folder folder;
    private final SizeSurvey sizes = new SizeSurvey();
    private final SparseSurvey sparse = new SparseSurvey();
    private final Map<String, Long> types = new TreeMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private long links;
    private long hardLinks;

    FolderSurvey(Folder folder) {
        this.folder = folder;
    }

    @Override
    public void file(Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, "unix:size,nlink,lastModifiedTime");
        String name = folder.names().escaped(path);
        Instant time = facts.get("lastModifiedTime") instanceof FileTime at ? at.toInstant() : Instant.EPOCH;
        long size = facts.get("size") instanceof Long bytes ? bytes : 0;
        sizes.add(name, size, time);
        sparse.add(path, name, size);
        types.merge(folder.types().of(name), 1L, Long::sum);
        if (Files.isSymbolicLink(path)) {
            links++;
        } else if (facts.get("nlink") instanceof Integer names && names > 1) {
            hardLinks++;
            add(Finding.warning(
                    "hard links", name + " is a file of several names: each becomes an object of its own."));
        }
        check(path);
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
        add(Finding.warning("not copied", folder.names().escaped(path) + " is " + what + " and is not copied."));
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
        details.add(new Detail("contentTypes", types, types.isEmpty() ? Detail.NONE : SizeSurvey.counts(types)));
        details.add(number("links", links));
        details.add(number("hardLinks", hardLinks));
        details.add(sparse.detail());
        details.add(number("notCopied", counts.getOrDefault("not copied", 0)));
        details.add(number("emptyFolders", counts.getOrDefault("empty folders", 0)));
        details.add(number("unreadable", counts.getOrDefault("unreadable", 0)));
        return details;
    }

    /** The first of each kind is named, the others are counted. */
    List<Finding> findings() {
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
        sparse.finding().ifPresent(all::add);
        unknown().ifPresent(all::add);
        return all;
    }

    private Optional<Finding> unknown() {
        long unknown = types.getOrDefault(ContentTypes.UNKNOWN, 0L);
        return unknown == 0
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "content types",
                        unknown + " files have an ending of which no content type is known, and become "
                                + ContentTypes.UNKNOWN + ": name a table by ?types=."));
    }

    private void check(Path path) {
        String name = folder.names().escaped(path);
        Optional<String> key = folder.names().key(path);
        if (key.isEmpty()) {
            add(Finding.blocker("names", "The name " + name + " is no UTF-8, which a key of S3 must be: rename it."));
        } else if (key.get().getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            add(Finding.blocker(
                    "long names",
                    "The path " + name + " is longer than the " + LONGEST_KEY + " bytes of a key of S3."));
        }
        if (!Files.isReadable(path)) {
            add(Finding.blocker("unreadable", "This user may not read " + name + "."));
        }
    }

    private void add(Finding finding) {
        findings.putIfAbsent(finding.subject(), finding);
        counts.merge(finding.subject(), 1, Integer::sum);
    }

    private static Detail number(String name, long count) {
        return new Detail(name, count, count == 0 ? Detail.NONE : String.valueOf(count));
    }
}
