package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;

/** Whatever one changes of a copy is found and named, and nothing else is. */
class MutationsIT extends WithRealServer {
    private final ObjectsEngine engine = new ObjectsEngine();
    private String source;
    private String target;

    @BeforeEach
    void fill() {
        source = server.bucket();
        target = server.bucket();
        for (String bucket : List.of(source, target)) {
            put(bucket, "a/first.txt", "content", request -> {});
            put(bucket, "empty", "", request -> {});
            put(
                    bucket,
                    "full.txt",
                    "content",
                    request -> request.contentType("text/plain")
                            .cacheControl("max-age=60")
                            .contentDisposition("attachment")
                            .contentEncoding("identity")
                            .contentLanguage("de")
                            .metadata(Map.of("owner", "us"))
                            .tagging("stage=live&team=web"));
            put(bucket, "z", "last", request -> {});
        }
    }

    @Test
    void nothingIsFoundWhereNothingWasChanged() {
        assertThat(compare()).isInstanceOfSatisfying(Comparison.Same.class, same -> {
            assertThat(same.items()).isEqualTo(4);
            assertThat(same.bytes()).isEqualTo(7 + 7 + 4);
            assertThat(same.digest()).hasSize(64);
        });
    }

    @Test
    void aByteOfTheSameSizeWithAllAttributesKept() {
        put(target, "z", "lasT", request -> {});
        assertThat(only().item()).isEqualTo("z");
        assertThat(only().detail()).startsWith("CRC64NVME ").contains(" on the source and ");
    }

    /** Behind the server's back: its checksum, its ETag and the time are those of the old content. */
    @Test
    void aByteThatChangedOnTheTargetsDisk() throws IOException {
        Path file = folder.resolve("objects").resolve(target).resolve("a/first.txt");
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(
                file,
                "cOntent".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                java.nio.file.StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, time);
        assertThat(only().item()).isEqualTo("a/first.txt");
        assertThat(only().detail()).startsWith("CRC64NVME ");
    }

    @Test
    void aContentType() {
        change(request -> request.contentType("text/html"));
        assertThat(only().detail()).isEqualTo("content type text/plain on the source and text/html on the target");
    }

    @Test
    void aCacheControl() {
        change(request -> request.cacheControl("no-store"));
        assertThat(only().detail()).isEqualTo("cache control max-age=60 on the source and no-store on the target");
    }

    @Test
    void aHeaderThatIsGone() {
        change(request -> request.contentDisposition(null).contentLanguage(null));
        assertThat(only().detail())
                .isEqualTo("content disposition attachment on the source and none on the target;"
                        + " content language de on the source and none on the target");
    }

    @Test
    void anExpiry() {
        change(request -> request.expires(Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(only().detail())
                .isEqualTo("no expires on the source and Tue, 01 Jan 2030 00:00:00 GMT on the target");
    }

    @Test
    void aMetadataValueAndOneMore() {
        change(request -> request.metadata(Map.of("owner", "them", "extra", "1")));
        assertThat(only().detail())
                .isEqualTo("no metadata extra on the source and 1 on the target;"
                        + " metadata owner us on the source and them on the target");
    }

    @Test
    void aTag() {
        server.owner()
                .putObjectTagging(request -> request.bucket(target)
                        .key("full.txt")
                        .tagging(tags -> tags.tagSet(tag("stage", "test"), tag("team", "web"))));
        assertThat(only())
                .isEqualTo(
                        new Difference(Side.BOTH, "full.txt", "tag stage live on the source and test on the target"));
    }

    @Test
    void aTagWhereThereWasNone() {
        server.owner()
                .putObjectTagging(
                        request -> request.bucket(target).key("z").tagging(tags -> tags.tagSet(tag("a", "b"))));
        assertThat(only()).isEqualTo(new Difference(Side.BOTH, "z", "no tag a on the source and b on the target"));
    }

    @Test
    void aDeletionAndAnExtraObject() {
        server.owner().deleteObject(request -> request.bucket(target).key("empty"));
        put(target, "a/second.txt", "more", request -> {});
        assertThat(compare())
                .isEqualTo(new Comparison.Different(
                        2,
                        List.of(
                                new Difference(Side.ONLY_TARGET, "a/second.txt", "4 bytes"),
                                new Difference(Side.ONLY_SOURCE, "empty", "0 bytes"))));
    }

    /** As when somebody puts a safety copy back: both are versions that the source has had. */
    @Test
    void anOlderVersionOfTheContent() {
        put(source, "z", "next", request -> {});
        assertThat(only().item()).isEqualTo("z");
        put(target, "z", "next", request -> {});
        put(target, "z", "last", request -> {});
        assertThat(only().detail()).startsWith("CRC64NVME ");
        assertThat(engine.repair(server.url(source), server.url(target), Progress.SILENT)
                        .after())
                .isInstanceOf(Comparison.Same.class);
    }

    @Test
    void everyMutationAtOnceIsMended() {
        put(target, "z", "lasT", request -> {});
        put(
                target,
                "a/first.txt",
                "content",
                request -> request.contentType("text/html").cacheControl("no-store"));
        change(request -> request.metadata(Map.of("owner", "them")).tagging("stage=test&team=web"));
        server.owner().deleteObject(request -> request.bucket(target).key("empty"));
        put(target, "extra", "1", request -> {});
        assertThat(compare())
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.total()).isEqualTo(5));

        Repair repair = engine.repair(server.url(source), server.url(target), Progress.SILENT);

        assertThat(repair.done()).hasSize(5);
        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
        assertThat(server.owner()
                        .headObject(request -> request.bucket(target).key("full.txt"))
                        .metadata())
                .isEqualTo(Map.of("owner", "us"));
    }

    @Test
    void aLongerObject() {
        put(target, "z", "last one", request -> {});
        assertThat(only().detail()).isEqualTo("4 bytes on the source and 8 on the target");
    }

    @Test
    void whatMayNotBeReadIsUnknownAndCountedAndNeverTheSame() {
        for (String bucket : List.of(source, target)) {
            put(bucket, "private/a", "1", request -> {});
            put(bucket, "private/b", "1", request -> {});
        }
        server.letGuestRead(source, "private/");
        assertThat(engine.compare(server.guestUrl(source), server.url(target), Progress.SILENT))
                .isEqualTo(new Comparison.Unknown(
                        "2 objects could not be compared, the first is private/a (it answered 403 AccessDenied)"));

        put(target, "z", "lasT", request -> {});
        assertThat(engine.compare(server.guestUrl(source), server.url(target), Progress.SILENT))
                .isInstanceOf(Comparison.Different.class);
    }

    /** This server lists a control character as another one. */
    @Test
    void whatBothListAndNeitherKnowsIsUnknown() {
        for (String bucket : List.of(source, target)) {
            put(bucket, "b\u0001", bucket, request -> {});
        }
        assertThat(compare())
                .isEqualTo(
                        new Comparison.Unknown(
                                "1 object could not be compared: b\uFFFD (both sides list it, and neither knows it by that name)"));
    }

    @Test
    void aFileOfTheSourceWhoseSizeAndTimeWereKept() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files-" + source));
        Files.writeString(files.resolve("page.html"), "<b>one</b>");
        put(target, "site/page.html", "<b>one</b>", request -> request.contentType("text/html"));
        StoreUrl from = StoreUrl.parse(files.toUri().toString());
        assertThat(engine.compare(from, server.url(target + "/site"), Progress.SILENT))
                .isInstanceOf(Comparison.Same.class);

        FileTime time = Files.getLastModifiedTime(files.resolve("page.html"));
        Files.writeString(files.resolve("page.html"), "<b>two</b>");
        Files.setLastModifiedTime(files.resolve("page.html"), time);
        assertThat(engine.compare(from, server.url(target + "/site"), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .singleElement()
                                .satisfies(found -> assertThat(found.item()).isEqualTo("page.html")));
    }

    @Test
    void aRepairReplacesExactlyWhatDiffers() {
        put(target, "z", "lasT", request -> {});
        server.owner().deleteObject(request -> request.bucket(target).key("empty"));
        put(target, "a/second.txt", "more", request -> {});
        Instant untouched = server.owner()
                .headObject(request -> request.bucket(target).key("a/first.txt"))
                .lastModified();

        Repair repair = engine.repair(server.url(source), server.url(target), Progress.SILENT);

        assertThat(repair.done())
                .containsExactly(
                        new Repair.Mended("a/second.txt", 1, 0),
                        new Repair.Mended("empty", 0, 1),
                        new Repair.Mended("z", 1, 1));
        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
        assertThat(server.owner()
                        .headObject(request -> request.bucket(target).key("a/first.txt"))
                        .lastModified())
                .isEqualTo(untouched);
        assertThat(engine.repair(server.url(source), server.url(target), Progress.SILENT)
                        .done())
                .isEmpty();
    }

    @Test
    void aRepairBringsBackAttributes() {
        change(request ->
                request.tagging("stage=live&team=web").contentType("text/html").metadata(Map.of("owner", "them")));
        assertThat(engine.repair(server.url(source), server.url(target), Progress.SILENT)
                        .after())
                .isInstanceOf(Comparison.Same.class);
    }

    @Test
    void aRepairNamesTheFirstAndCountsTheOthers() {
        for (int i = 10; i < 45; i++) {
            put(target, "extra-" + i, "1", request -> {});
        }
        assertThat(engine.repair(server.url(source), server.url(target), Progress.SILENT)
                        .done())
                .hasSize(21)
                .contains(new Repair.Mended("extra-10", 1, 0), new Repair.Mended("others", 15, 0));
    }

    @Test
    void aRepairOfWhatMayNotBeReadIsUnknownAndLeavesIt() {
        put(source, "private/a", "1", request -> {});
        put(target, "private/a", "2", request -> {});
        put(target, "z", "lasT", request -> {});
        server.letGuestRead(source, "private/");
        Repair repair = engine.repair(server.guestUrl(source), server.url(target), Progress.SILENT);
        assertThat(repair.done()).containsExactly(new Repair.Mended("z", 1, 1));
        assertThat(repair.after()).isInstanceOf(Comparison.Unknown.class);
    }

    private Comparison compare() {
        return engine.compare(server.url(source), server.url(target), Progress.SILENT);
    }

    private Difference only() {
        Comparison comparison = compare();
        assertThat(comparison).isInstanceOf(Comparison.Different.class);
        Comparison.Different different = (Comparison.Different) comparison;
        assertThat(different.total()).isEqualTo(1);
        return different.first().getFirst();
    }

    private void change(Consumer<PutObjectRequest.Builder> change) {
        put(target, "full.txt", "content", request -> {
            request.contentType("text/plain")
                    .cacheControl("max-age=60")
                    .contentDisposition("attachment")
                    .contentEncoding("identity")
                    .contentLanguage("de")
                    .metadata(Map.of("owner", "us"))
                    .tagging("stage=live&team=web");
            change.accept(request);
        });
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static void put(String bucket, String key, String content, Consumer<PutObjectRequest.Builder> facts) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key);
        facts.accept(request);
        server.owner().putObject(request.build(), RequestBody.fromString(content));
    }
}
