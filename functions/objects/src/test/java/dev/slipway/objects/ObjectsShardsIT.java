package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardWorkers;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** A folder, and a bucket, copied by several workers. The target keeps every version, so that nothing is sent twice unseen. */
class ObjectsShardsIT {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);
    private static final int FILES = 300;
    private static final int PART = 5 << 20;

    @TempDir
    static Path server;

    private static RealServer store;
    private static CountingProxy asked;

    @TempDir
    Path folder;

    @TempDir
    Path state;

    private final ObjectsEngine engine = new ObjectsEngine(S3Clients::of, PART);
    private StoreUrl source;
    private StoreUrl target;
    private String bucket;
    private ShardWorkers workers;

    @BeforeAll
    static void start() throws IOException {
        store = RealServer.start(server);
        asked = new CountingProxy(endpoint(store.url("any")));
    }

    @AfterAll
    static void stop() {
        asked.close();
        store.close();
    }

    @BeforeEach
    void fill() throws IOException {
        asked.forget();
        for (int i = 0; i < FILES; i++) {
            write("photos/2025-%02d/child-%03d.jpg".formatted(i % 12, i), "content " + i);
        }
        source = StoreUrl.parse(folder.toUri().toString());
        bucket = store.bucket();
        store.owner()
                .putBucketVersioning(request -> request.bucket(bucket)
                        .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)));
        target = asked.before(store.url(bucket));
        engine.fence(source, FIRST);
        workers = new ShardWorkers(engine, source, target, this::options);
    }

    @AfterEach
    void open() {
        engine.unfence(source, SECOND);
    }

    @Test
    void threeWorkersAtOnceCopyEachObjectOnceAndAnotherOneFinishesByTheirNotes() {
        List<Shard> shards = workers.cut(FIRST, 3);
        assertThat(shards).hasSizeBetween(3, 12);

        assertThat(workers.copyAtOnce(FIRST, shards).stream()
                        .mapToLong(CopyOutcome.Copied::items)
                        .sum())
                .isEqualTo(FILES);

        assertThat(asked.count("PUT", false)).isEqualTo(FILES);
        asked.forget();
        assertThat(engine.copy(source, target, options(FIRST), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Skipped.class);
        assertThat(asked.count("GET", true))
                .as("the last worker asks whether there is a store, and lists nothing again")
                .isEqualTo(1);
        assertThat(asked.count("HEAD", false)).isZero();
        assertThat(asked.count("PUT", false)).isZero();
        assertCopiedOnce();
        assertThat(workers.cut(FIRST, 3)).as("a second pass has all to look at").isNotEmpty();
    }

    @Test
    void holdsNothingOfTheSourceForItsWorkers() {
        try (ShardedCopy.Held held = workers.begin(FIRST, 3)) {
            assertThat(held.stands()).isFalse();
        }
    }

    @Test
    void tellsOfEachShardNoMoreThanItsOwn() {
        List<Shard> shards = workers.cut(FIRST, 3);
        AtomicReference<Progress.Amount> last = new AtomicReference<>();

        CopyOutcome.Copied copied = workers.copy(FIRST, shards.getFirst(), last::set);

        Progress.Amount told = Objects.requireNonNull(last.get());
        assertThat(told.items()).isEqualTo(copied.items()).isLessThan(FILES / 2);
        assertThat(told.bytes()).isEqualTo(copied.bytes());
    }

    @Test
    void goesOnWhereAWorkerWasKilledAndListsAndSendsNothingTwice() {
        List<Shard> shards = workers.cut(FIRST, 1);
        AtomicInteger seen = new AtomicInteger();
        workers.lose(FIRST, shards.getFirst(), amount -> seen.incrementAndGet() > 20);
        int before = versions().size();
        assertThat(before).isPositive();

        for (Shard shard : shards) {
            workers.copy(FIRST, shard);
        }

        finish(FIRST);
        assertCopiedOnce();
    }

    @Test
    void leavesNoUploadOfItsOwnAndAbortsNoneOfAnother() throws IOException {
        engine.unfence(source, FIRST);
        for (int i = 0; i < 4; i++) {
            writeLarge("large-" + i + "/film");
        }
        engine.fence(source, FIRST);
        List<Shard> shards = workers.cut(FIRST, 3);
        String upload = store.owner()
                .createMultipartUpload(request -> request.bucket(bucket).key("large-0/film"))
                .uploadId();

        workers.copyAtOnce(FIRST, shards);

        assertThat(uploads()).containsExactly(upload);
        finish(FIRST);
        assertThat(uploads()).containsExactly(upload);
        assertThat(versions()).hasSize(FILES + 4);
    }

    @Test
    void aWorkerThatHangsIsOvertakenByTheNextOneOfItsShardAndItsSiblingsAreNot() throws Exception {
        List<Shard> shards = workers.cut(FIRST, 2);
        ShardWorkers.Hanging hanging = workers.hang(FIRST, shards.getFirst());
        ShardWorkers.Hanging sibling = workers.hang(FIRST, shards.getLast());
        workers.copy(FIRST, shards.getFirst());
        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(StaleAttempt.class).hasMessageContaining("another worker copies");
        sibling.goOn();
        assertThat(sibling.copied().items()).isPositive();
        shards.forEach(shard -> workers.copy(FIRST, shard));
        finish(FIRST);
        assertCopiedOnce();
    }

    @Test
    void aSecondCoordinatorVoidsTheShardsOfTheFirstAndCutsOnlyWhatIsMissing() throws Exception {
        List<Shard> first = workers.cut(FIRST, 3);
        workers.copy(FIRST, first.getFirst());
        ShardWorkers.Hanging hanging = workers.hang(FIRST, first.getLast());

        List<Shard> second = workers.cut(FIRST, 3);

        hanging.goOn();
        assertThat(hanging.failure())
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("another worker or attempt has claimed the copy since");
        assertThatThrownBy(() -> workers.copy(FIRST, first.get(1))).isInstanceOf(StaleAttempt.class);
        assertThat(pieces(second))
                .hasSize(pieces(first).size() - first.getFirst().pieces().size());
        workers.copyAtOnce(FIRST, second);
        assertThat(workers.cut(FIRST, 3)).isEmpty();
        finish(FIRST);
        assertCopiedOnce();
    }

    @Test
    void aLaterAttemptVoidsAllShardsOfTheEarlier() throws Exception {
        List<Shard> earlier = workers.cut(FIRST, 3);
        ShardWorkers.Hanging hanging = workers.hang(FIRST, earlier.getFirst());
        engine.fence(source, SECOND);
        List<Shard> later = workers.cut(SECOND, 3);

        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> workers.copy(SECOND, earlier.getLast())).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> workers.copy(FIRST, earlier.getLast())).isInstanceOf(FenceBroken.class);
        later.forEach(shard -> workers.copy(SECOND, shard));
        finish(SECOND);
        assertSame();
    }

    @Test
    void anEarlierAttemptDoesNotClaimWhatALaterOneCopies() throws IOException {
        StoreUrl from = filledBucket();
        ShardWorkers others = new ShardWorkers(engine, from, target, this::options);
        others.cut(SECOND, 3);

        assertThatThrownBy(() -> others.cut(FIRST, 3))
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("attempt 2");
        assertThatThrownBy(() -> engine.copy(from, target, options(FIRST), Progress.SILENT))
                .isInstanceOf(StaleAttempt.class);
    }

    @Test
    void refusesAShardUnderAFenceThatWasLiftedInBetween() throws IOException {
        List<Shard> shards = workers.cut(FIRST, 3);
        workers.copy(FIRST, shards.getFirst());
        engine.unfence(source, FIRST);
        assertThatThrownBy(() -> workers.copy(FIRST, shards.getLast())).isInstanceOf(FenceBroken.class);
        write("photos/2025-00/child-000.jpg", "CONTENT 0");
        Files.delete(folder.resolve("photos/2025-11/child-299.jpg"));
        engine.fence(source, FIRST);
        assertThatThrownBy(() -> workers.copy(FIRST, shards.getLast()))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("lifted and raised again");

        workers.cut(FIRST, 3).forEach(shard -> workers.copy(FIRST, shard));

        finish(FIRST);
        assertSame();
    }

    @Test
    void copiesABucketInShardsAndNoticesAWriteToItMeanwhile() throws IOException {
        StoreUrl from = filledBucket();
        ShardWorkers others = new ShardWorkers(engine, from, target, this::options);
        long items = others.cut(FIRST, 3).stream()
                .mapToLong(shard -> others.copy(FIRST, shard).items())
                .sum();
        assertThat(items).isEqualTo(30);
        store.owner().putObject(request -> request.bucket(from.host()).key("d1/k1"), RequestBody.fromString("later"));

        assertThatThrownBy(() -> engine.copy(from, target, options(FIRST), Progress.SILENT))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("'d1/k1'");
    }

    private static URI endpoint(StoreUrl url) {
        return URI.create(url.parameter("endpoint").orElseThrow());
    }

    private StoreUrl filledBucket() {
        String name = store.bucket();
        for (int i = 0; i < 30; i++) {
            String key = "d" + i % 5 + "/k" + i;
            store.owner().putObject(request -> request.bucket(name).key(key), RequestBody.fromString(key));
        }
        return store.url(name);
    }

    private static List<Shard.Piece> pieces(List<Shard> shards) {
        return shards.stream().flatMap(shard -> shard.pieces().stream()).toList();
    }

    private CopyOptions options(FenceToken fence) {
        return CopyOptions.under(fence)
                .withJobs(1)
                .withNotes(new CopyNotes(new FolderArtifacts(state), "migrations/shop/notes/media"));
    }

    private void finish(FenceToken fence) {
        assertThat(engine.copy(source, target, options(fence), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Skipped.class);
    }

    private void assertCopiedOnce() {
        assertThat(versions()).hasSize(FILES);
        assertSame();
    }

    private void assertSame() {
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private List<ObjectVersion> versions() {
        return store.owner().listObjectVersionsPaginator(request -> request.bucket(bucket)).versions().stream()
                .toList();
    }

    private List<String> uploads() {
        return store.owner().listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(upload -> upload.uploadId())
                .toList();
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void writeLarge(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[PART + 1]);
    }
}
