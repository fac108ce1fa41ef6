package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.BucketVersions;
import dev.slipway.objects.place.History;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

class VersionsIT extends WithRealServer {
    private static final int PART = 5 << 20;

    private final ObjectsEngine engine = new ObjectsEngine(S3Clients::of, PART);
    private String source;
    private String target;

    @BeforeEach
    void fill() {
        source = versioned();
        target = versioned();
        put(source, "often", "one", "1");
        put(source, "often", "two", "2");
        delete(source, "often");
        put(source, "often", "four", "4");
        put(source, "gone", "was here", "1");
        delete(source, "gone");
        put(source, "once & again+%2F \u00e9", "", "1");
        put(source, "large", "x".repeat(PART + 1), "1");
        put(source, "large", "y".repeat(PART + 2), "2");
    }

    @Test
    void areCopiedOldestFirstWithTheirAttributesAndDeletions() {
        assertThat(copy())
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(7));

        assertThat(history(target, "often")).containsExactly("one 1", "two 2", "deleted", "four 4");
        assertThat(history(target, "gone")).containsExactly("was here 1", "deleted");
        assertThat(history(target, "once & again+%2F \u00e9")).containsExactly(" 1");
        assertThat(history(target, "large"))
                .extracting(version -> version.charAt(0) + " " + version.length())
                .containsExactly("x " + (PART + 3), "y " + (PART + 4));
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
        assertThat(copy()).isInstanceOf(CopyOutcome.Skipped.class);
    }

    @Test
    void areAddedToByALaterCopy() {
        copy();
        put(source, "often", "five", "5");
        delete(source, "large");
        put(source, "new", "1", "1");

        assertThat(copy())
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(2));

        assertThat(history(target, "often")).containsExactly("one 1", "two 2", "deleted", "four 4", "five 5");
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void goOnWhereACopyWasStopped() {
        AtomicInteger seen = new AtomicInteger();
        assertThatThrownBy(() -> engine.copy(all(), server.url(target), CopyOptions.unfenced(), amount -> {
                    if (seen.incrementAndGet() == 3) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasMessage("stopped");

        copy();

        assertThat(compare()).isInstanceOf(Comparison.Same.class);
        assertThat(history(target, "often")).containsExactly("one 1", "two 2", "deleted", "four 4");
    }

    @Test
    void areDeletedOnceThoughTheAnswerIsLost() throws IOException {
        StoreUrl plain = server.url(target);
        try (CountingProxy proxy =
                new CountingProxy(URI.create(plain.parameter("endpoint").orElseThrow()))) {
            proxy.loseTheAnswerTo("DELETE ", 1);
            engine.copy(all(), proxy.before(plain), CopyOptions.unfenced(), Progress.SILENT);
            assertThat(proxy.count("DELETE", /* listing= */ false)).isEqualTo(2);
        }

        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    /** What is put after a deletion has nothing before it that a store could be asked to hold it against. */
    @Test
    void arrivesOnceThoughTheAnswerIsLost() throws IOException {
        StoreUrl plain = server.url(target);
        try (CountingProxy proxy =
                new CountingProxy(URI.create(plain.parameter("endpoint").orElseThrow()))) {
            proxy.loseTheAnswerTo("PUT /" + target + "/often", 3);
            engine.copy(all(), proxy.before(plain), CopyOptions.unfenced(), Progress.SILENT);
        }

        assertThat(history(target, "often")).containsExactly("one 1", "two 2", "deleted", "four 4");
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void areRefusedWhereTheTargetKeepsNone() {
        String plain = server.bucket();
        assertThatThrownBy(() -> engine.copy(all(), server.url(plain), CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("keeps no versions");
        assertThat(new BucketVersions(new Bucket(server.owner(), server.url(plain))).histories())
                .isExhausted();
    }

    @Test
    void areRefusedWhereTheTargetHasOthersAndNothingIsChanged() {
        put(target, "often", "another", "1");
        assertThatThrownBy(this::copy).isInstanceOf(TargetNotEmpty.class).hasMessageContaining("'often'");
        assertThat(history(target, "gone")).isEmpty();
        assertThat(history(target, "often")).containsExactly("another 1");
    }

    @Test
    void differWhereOneIsMissingOrAnother() {
        copy();
        delete(target, "once & again+%2F \u00e9");
        put(target, "extra", "1", "1");
        assertThat(compare())
                .isEqualTo(
                        new Comparison.Different(
                                2,
                                List.of(
                                        new Difference(Side.ONLY_TARGET, "extra", "1 versions (written)"),
                                        new Difference(
                                                Side.BOTH,
                                                "once & again+%2F \u00e9",
                                                "1 versions (written) on the source and 2 versions (written, deleted) on the target"))));
    }

    /** The current ones are the same; what lies below is not. */
    @Test
    void differWhereAnOldOneDoes() {
        put(source, "old", "one", "1");
        put(source, "old", "two", "2");
        put(target, "old", "oNe", "1");
        put(target, "old", "two", "2");
        assertThat(engine.compare(all(), server.url(target), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .filteredOn(each -> each.item().startsWith("old"))
                                .singleElement()
                                .satisfies(each -> {
                                    assertThat(each.item()).isEqualTo("old version 1 of 2");
                                    assertThat(each.detail()).startsWith("CRC64NVME ");
                                }));
    }

    @Test
    void areNotRepaired() {
        assertThatThrownBy(() -> engine.repair(all(), server.url(target), Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("can only be added to");
    }

    private CopyOutcome copy() {
        return engine.copy(all(), server.url(target), CopyOptions.unfenced(), Progress.SILENT);
    }

    private Comparison compare() {
        return engine.compare(all(), server.url(target), Progress.SILENT);
    }

    private StoreUrl all() {
        return StoreUrl.parse(server.url(source).reveal() + "&versions=all");
    }

    private static String versioned() {
        String bucket = server.bucket();
        server.owner()
                .putBucketVersioning(request -> request.bucket(bucket)
                        .versioningConfiguration(all -> all.status(BucketVersioningStatus.ENABLED)));
        return bucket;
    }

    private static void put(String bucket, String key, String content, String number) {
        server.owner()
                .putObject(
                        request -> request.bucket(bucket).key(key).metadata(Map.of("number", number)),
                        RequestBody.fromString(content));
    }

    private static void delete(String bucket, String key) {
        server.owner().deleteObject(request -> request.bucket(bucket).key(key));
    }

    /** The oldest first, each as the SDK reads it by its id. */
    private static List<String> history(String bucket, String key) {
        List<String> versions = new ArrayList<>();
        Bucket place = new Bucket(server.owner(), server.url(bucket));
        new BucketVersions(place).histories().forEachRemaining(history -> {
            if (history.key().equals(key)) {
                history.versions().forEach(version -> versions.add(read(bucket, version)));
            }
        });
        return versions;
    }

    private static String read(String bucket, History.Version version) {
        if (version.deleted()) {
            return "deleted";
        }
        var answer = server.owner()
                .getObjectAsBytes(request -> request.bucket(bucket)
                        .key(version.item().key())
                        .versionId(version.item().stamp()));
        return answer.asUtf8String() + " " + answer.response().metadata().get("number");
    }
}
