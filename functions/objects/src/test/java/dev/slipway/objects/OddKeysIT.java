package dev.slipway.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.place.FileNames;
import dev.slipway.objects.session.S3Clients;
import dev.slipway.objects.snapshot.ObjectsSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keys that are no paths, and paths that look like none: copied, compared, mended and saved byte for byte. */
class OddKeysIT {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    /** Which a folder can hold, and a server that keeps objects in a folder. */
    private static final List<String> OF_PATHS = List.of(
            " ",
            " leading and trailing ",
            "a b",
            "a+b",
            "a%20b",
            "a%2Fb",
            "a&b=c",
            "a?b#c",
            "quote\"s'`$(x)",
            "back\\slash",
            "semi;colon:comma,",
            "<tag>&amp;",
            "[{brackets}]*",
            "Case",
            "case",
            "CASE",
            "caf\u00e9",
            "cafe\u0301",
            "\u65e5\u672c\u8a9e/\u0434\u0430/\u0646\u0639\u0645",
            "emoji \uD83D\uDE00\uD83C\uDDE9\uD83C\uDDEA",
            "\uFFFD",
            "\uE000private",
            "zero\u200Bwidth\u202Eright to left",
            "...",
            "..a",
            "a..",
            "dir.with.dots/.hidden",
            "~user",
            "-dash",
            "null",
            "p/prefix",
            "p.suffix",
            "p-suffix",
            ("d".repeat(250) + "/").repeat(4) + "k".repeat(20));

    /** Which are names and no paths. */
    private static final List<String> OF_NO_PATH = List.of(
            "..",
            ".",
            "./a",
            "../up",
            "a/../b",
            "a/./b",
            "a//b",
            "/leading",
            "//",
            "trailing/",
            "trailing with content/",
            "prefix",
            "prefix/of",
            "prefix/of/another",
            "k".repeat(1024));

    private static final List<String> OF_CONTROL = List.of("line\nfeed", "tab\tstop", "bell\u0007", "\u007Fdelete");

    @TempDir
    static Path folder;

    private static RealServer disk;
    private static S3Server memory;

    private final ObjectsEngine engine = new ObjectsEngine();

    @BeforeAll
    static void start() throws Exception {
        disk = RealServer.start(folder.resolve("disk"));
        memory = new S3Server();
    }

    @AfterAll
    static void stop() {
        if (memory != null) {
            disk.close();
            memory.close();
        }
    }

    @Test
    void areCopiedFromAFolderToAServerThatKeepsThemInOne() throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        for (String key : OF_PATHS) {
            Path file = new FileNames(files).ofKey(key);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + key);
        }
        StoreUrl target = disk.url(disk.bucket() + "/pre%20fix+%2525");
        hold(StoreUrl.parse(files.toUri().toString()), target, OF_PATHS.size());
        assertThat(contents(target)).isEqualTo(wanted(OF_PATHS));
    }

    @Test
    void areCopiedFromOneBucketToAnotherWithAllTheyHave() {
        StoreUrl source = disk.url(disk.bucket());
        OF_PATHS.forEach(key -> put(source, key, /* tags= */ true));
        StoreUrl target = disk.url(disk.bucket());
        hold(source, target, OF_PATHS.size());
        assertThat(contents(target)).isEqualTo(wanted(OF_PATHS));
        hasAllAttributes(target);
        try (S3Client s3 = S3Clients.of(target)) {
            for (String key : OF_PATHS) {
                assertThat(s3.getObjectTagging(
                                        request -> request.bucket(target.host()).key(key))
                                .tagSet())
                        .as(key)
                        .extracting(tag -> tag.key() + "=" + tag.value())
                        .containsExactlyInAnyOrder("a b=c+d", "e@=/:");
            }
        }
    }

    /** One keeps objects as files and checksums with them; the other keeps neither, and knows no tags and no conditions. */
    @Test
    void areCopiedBetweenServersOfDifferentMakersWithAllThatBothKnow() {
        StoreUrl source = disk.url(disk.bucket());
        OF_PATHS.forEach(key -> put(source, key, /* tags= */ false));
        StoreUrl other = memory.bucket("other-maker-" + BUCKETS.incrementAndGet());
        hold(source, other, OF_PATHS.size());
        assertThat(contents(other)).isEqualTo(wanted(OF_PATHS));
        hasAllAttributes(other);

        StoreUrl back = disk.url(disk.bucket());
        hold(other, back, OF_PATHS.size());
        assertThat(contents(back)).isEqualTo(wanted(OF_PATHS));
        hasAllAttributes(back);
    }

    private static void hasAllAttributes(StoreUrl place) {
        try (S3Client s3 = S3Clients.of(place)) {
            for (String key : OF_PATHS) {
                var facts =
                        s3.headObject(request -> request.bucket(place.host()).key(key));
                assertThat(facts.metadata()).as(key).isEqualTo(Map.of("name", "=?UTF-8?Q?=C3=A9?=", "empty", ""));
                assertThat(facts.cacheControl()).as(key).isEqualTo("max-age=1, public");
                assertThat(facts.contentDisposition()).as(key).isEqualTo("attachment; filename=\"x y\"");
                assertThat(facts.contentEncoding()).as(key).isEqualTo("identity");
                assertThat(facts.contentLanguage()).as(key).isEqualTo("de, en");
                assertThat(facts.contentType()).as(key).isEqualTo("text/x-odd; charset=utf-8");
                assertThat(facts.expiresString()).as(key).isEqualTo("Tue, 01 Jan 2030 00:00:00 GMT");
            }
        }
    }

    @Test
    void thatAreNoPathsAreCopiedBetweenServersThatHoldThem() {
        StoreUrl source = memory.bucket("odd-source-" + BUCKETS.incrementAndGet());
        List<String> held = java.util.stream.Stream.of(OF_PATHS, OF_NO_PATH, OF_CONTROL)
                .flatMap(List::stream)
                .filter(key -> holds(source, key))
                .toList();
        System.out.println("held: " + held.size() + " of " + (OF_PATHS.size() + OF_NO_PATH.size() + OF_CONTROL.size()));
        StoreUrl target = memory.bucket("odd-target-" + BUCKETS.incrementAndGet());
        hold(source, target, held.size());
        assertThat(contents(target)).isEqualTo(wanted(held));
    }

    /** Copied, compared, spoiled, mended and saved. */
    private void hold(StoreUrl source, StoreUrl target, int count) {
        assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(count));
        assertThat(compare(source, target)).isInstanceOf(Comparison.Same.class);
        assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Skipped.class);
        spoil(target);
        assertThat(compare(source, target))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.total()).isEqualTo(count));
        assertThat(engine.repair(source, target, Progress.SILENT).after()).isInstanceOf(Comparison.Same.class);
        assertThat(saved(source)).isEqualTo(contents(target));
    }

    private Comparison compare(StoreUrl source, StoreUrl target) {
        return engine.compare(source, target, Progress.SILENT);
    }

    private static void spoil(StoreUrl target) {
        try (S3Client s3 = S3Clients.of(target)) {
            int number = 0;
            for (String key : keys(s3, target)) {
                if (number++ % 2 == 0) {
                    s3.deleteObject(request -> request.bucket(target.host()).key(key));
                } else {
                    s3.putObject(request -> request.bucket(target.host()).key(key), RequestBody.fromString("spoiled"));
                }
            }
        }
    }

    private SortedMap<String, String> saved(StoreUrl source) {
        try {
            Path saved = Files.createTempDirectory(folder, "saved");
            FolderArtifacts artifacts = new FolderArtifacts(saved);
            SnapshotManifest manifest = engine.snapshot(source, artifacts, "odd", Progress.SILENT);
            SortedMap<String, String> contents = new TreeMap<>();
            for (SnapshotManifest.Part part : manifest.parts()) {
                try (InputStream in = artifacts.read(part.key()).orElseThrow();
                        TarArchiveInputStream tar = new TarArchiveInputStream(in, UTF_8.name())) {
                    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        contents.put(
                                entry.getExtraPaxHeaders().getOrDefault(ObjectsSnapshot.KEY, entry.getName()),
                                new String(tar.readAllBytes(), UTF_8));
                    }
                }
            }
            return contents;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SortedMap<String, String> wanted(List<String> keys) {
        SortedMap<String, String> wanted = new TreeMap<>();
        keys.forEach(key -> wanted.put(key, "content of " + key));
        return wanted;
    }

    private static SortedMap<String, String> contents(StoreUrl place) {
        SortedMap<String, String> contents = new TreeMap<>();
        String prefix = place.path().isEmpty() ? "" : place.path() + "/";
        try (S3Client s3 = S3Clients.of(place)) {
            for (String key : keys(s3, place)) {
                contents.put(
                        key.substring(prefix.length()),
                        s3.getObjectAsBytes(
                                        request -> request.bucket(place.host()).key(key))
                                .asUtf8String());
            }
        }
        return contents;
    }

    private static List<String> keys(S3Client s3, StoreUrl place) {
        return s3
                .listObjectsV2(request ->
                        request.bucket(place.host()).prefix(place.path()).encodingType("url"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static boolean holds(StoreUrl place, String key) {
        try {
            put(place, key, /* tags= */ false);
            try (S3Client s3 = S3Clients.of(place)) {
                return keys(s3, place).contains(key)
                        && s3.getObjectAsBytes(
                                        request -> request.bucket(place.host()).key(key))
                                .asUtf8String()
                                .equals("content of " + key);
            }
        } catch (software.amazon.awssdk.core.exception.SdkException e) {
            System.out.println("not held: " + key.replace("\n", "\\n") + " " + e.getMessage());
            return false;
        }
    }

    private static void put(StoreUrl place, String key, boolean tags) {
        try (S3Client s3 = S3Clients.of(place)) {
            s3.putObject(
                    request -> request.bucket(place.host())
                            .key(key)
                            .contentType("text/x-odd; charset=utf-8")
                            .cacheControl("max-age=1, public")
                            .contentDisposition("attachment; filename=\"x y\"")
                            .contentEncoding("identity")
                            .contentLanguage("de, en")
                            .expires(Instant.parse("2030-01-01T00:00:00Z"))
                            .metadata(Map.of("name", "=?UTF-8?Q?=C3=A9?=", "empty", ""))
                            .tagging(tags ? "a%20b=c%2Bd&e%40=%2F%3A" : null),
                    RequestBody.fromString("content of " + key));
        }
    }
}
