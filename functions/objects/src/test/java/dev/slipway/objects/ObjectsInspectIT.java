package dev.slipway.objects;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.place.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

class ObjectsInspectIT {
    @TempDir
    static Path folder;

    private static RealServer server;
    private static S3Server memory;

    private final ObjectsEngine engine = new ObjectsEngine();

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder.resolve("s3"));
        memory = new S3Server();
    }

    @AfterAll
    static void stop() {
        if (memory != null) {
            server.close();
            memory.close();
        }
    }

    @Test
    void saysWhatABucketHolds() {
        String bucket = server.bucket();
        server.owner()
                .putBucketVersioning(request -> request.bucket(bucket)
                        .versioningConfiguration(all -> all.status(BucketVersioningStatus.ENABLED)));
        put(bucket, "a/empty", "", "text/plain");
        put(bucket, "a/page", "x".repeat(5000), "text/html");
        put(bucket, "a/page", "x".repeat(4097), "text/html");
        put(bucket, "Cafe\u0301", "1", "text/plain");
        put(bucket, "caf\u00e9", "2", "text/plain");
        put(bucket, "gone", "1", "text/plain");
        server.owner().deleteObject(request -> request.bucket(bucket).key("gone"));
        server.owner().createMultipartUpload(request -> request.bucket(bucket).key("under way"));

        Inspection inspection = engine.inspect(server.url(bucket));

        assertThat(inspection.items()).isEqualTo(4);
        assertThat(inspection.bytes()).isEqualTo(4099);
        Map<String, Object> details = inspection.details().values();
        assertThat(details.get("sizes")).asString().contains("empty=1", "up to 4 KiB=2", "up to 64 KiB=1", "larger=0");
        assertThat(details.get("largest")).asString().startsWith("[{").contains("a/page");
        assertThat(details.get("storageClasses")).isEqualTo(Map.of("STANDARD", 4L));
        assertThat(details.get("contentTypes")).isEqualTo(Map.of("text/html", 1L, "text/plain", 3L));
        assertThat(details.get("objectsWith"))
                .isEqualTo(Map.of("metadata", 4L, "tags", 4L, "CRC64NVME", 4L, "a lock", 0L));
        assertThat(details.get("versions")).isEqualTo(Map.of("older", 2L, "deletions", 1L, "ofKeys", 5L, "all", true));
        assertThat(details.get("unfinishedUploads")).isEqualTo(1);
        assertThat(details.get("sentInParts")).isEqualTo(0L);
        assertThat(details.get("oddKeys"))
                .isEqualTo(Map.of("another key that differs by case or Unicode's normal form only", 1L));
        assertThat(details.get("estimate")).asString().contains("seconds=0", "assuming=");
        assertThat(inspection.findings()).extracting(Finding::subject).containsExactly("settings", "keys", "versions");
    }

    @Test
    void namesKeysThatAnotherStoreMayNotHold() {
        StoreUrl store = memory.bucket("inspected");
        try (var s3 = dev.slipway.objects.session.S3Clients.of(store)) {
            for (String key :
                    List.of("a", "a/b", "a//c", "a-", "../up", "bell\u0007", "t/", "plain", "k".repeat(256))) {
                s3.putObject(request -> request.bucket("inspected").key(key), RequestBody.fromString("1"));
            }
        }

        assertThat(engine.inspect(store).details().values().get("oddKeys"))
                .isEqualTo(Map.of(
                        "control characters", 1L,
                        "parts that a path has not (empty, . or ..)", 2L,
                        "a slash at the end", 1L,
                        "another key above them as if it were a folder", 2L,
                        "parts of more than 255 bytes", 1L));
        assertThat(engine.inspect(store).findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("the first is 'bell\\u0007'"));
    }

    @Test
    void namesAPrefixThatTheLoginMayNotRead() {
        String bucket = server.bucket();
        put(bucket, "a", "1", "text/plain");
        put(bucket, "private/b", "1", "text/plain");
        server.letGuestRead(bucket, "private/");
        assertThat(engine.inspect(server.guestUrl(bucket)).findings())
                .filteredOn(finding -> finding.severity() == Severity.BLOCKER)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("This login may not read 'private/b', nor 0 others of 2 that were looked at:"
                                + " grant it s3:GetObject."));
    }

    @Test
    void saysWhatAFolderHolds() throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("a.txt"), "12345");
        Files.writeString(files.resolve("b.unheardof"), "1");
        Files.createLink(files.resolve("c.txt"), files.resolve("a.txt"));
        Files.createSymbolicLink(files.resolve("d.txt"), Path.of("a.txt"));
        Files.createSymbolicLink(files.resolve("e.txt"), Path.of("/etc/hostname"));
        Files.createDirectory(files.resolve("void"));

        Inspection inspection = engine.inspect(StoreUrl.parse(files.toUri().toString()));

        assertThat(inspection.items()).isEqualTo(4);
        Map<String, Object> details = inspection.details().values();
        assertThat(details)
                .containsEntry("links", 1L)
                .containsEntry("hardLinks", 2L)
                .containsEntry("notCopied", 1L)
                .containsEntry("emptyFolders", 1L)
                .containsEntry("unreadable", 0L)
                .containsEntry("contentTypes", Map.of("application/octet-stream", 1L, "text/plain", 3L));
        assertThat(inspection.findings())
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("hard links", "not copied", "empty folders", "content types");
    }

    /** A gigabyte long, with a block of content. */
    @Test
    void saysWhatASparseFileTakesAndWhatACopyOfItSends() throws IOException {
        Path files = Files.createDirectory(folder.resolve("sparse files"));
        sparse(new FileNames(files).ofKey("caf\u00e9 disk.img"), 1_000_000_000);
        Files.write(files.resolve("full.bin"), new byte[3 << 20]);
        StoreUrl store = StoreUrl.parse(files.toUri().toString());

        assertThat(engine.inspect(store).details().values().get("sparseFiles"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Long.class))
                .containsEntry("files", 1L)
                .containsEntry("bytes", 1_000_000_000L)
                .hasEntrySatisfying("allocated", taken -> assertThat(taken).isBetween(1L, 1_000_000L));
        assertThat(engine.inspect(store).findings())
                .filteredOn(finding -> finding.subject().equals("sparse files"))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .matches("caf%C3%A9%20disk.img is sparse: 1.0 GB long and [0-9.]+ kB on the disk\\. A copy sends .*");

        sparse(files.resolve("other.img"), 5_000_000);
        assertThat(engine.inspect(store).findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("2 files are sparse, the first is "));
    }

    private static void sparse(Path path, long bytes) throws IOException {
        try (SeekableByteChannel file =
                Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.position(bytes - 4).write(ByteBuffer.wrap("last".getBytes(US_ASCII)));
        }
    }

    private static void put(String bucket, String key, String content, String type) {
        server.owner()
                .putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .contentType(type)
                                .metadata(Map.of("a", "b"))
                                .tagging("c=d"),
                        RequestBody.fromString(content));
    }
}
