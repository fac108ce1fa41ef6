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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final ShardedCopy sharded = engine.sharded().orElseThrow();
    private StoreUrl source;
    private StoreUrl target;
    private String bucket;

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
        target = logged(store.url(bucket));
        engine.fence(source, FIRST);
    }

    @AfterEach
    void open() {
        engine.unfence(source, SECOND);
    }

    @Test
    void threeWorkersAtOnceCopyEachObjectOnceAndAnotherOneFinishesByTheirNotes() {
        List<Shard> shards = begin(FIRST, 3);
        assertThat(shards).hasSizeBetween(3, 12);

        assertThat(copiedAtOnce(shards).stream()
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
        assertThat(begin(FIRST, 3)).as("a second pass has all to look at").isNotEmpty();
    }

    @Test
    void tellsOfEachShardNoMoreThanItsOwn() {
        List<Shard> shards = begin(FIRST, 3);
        AtomicReference<Progress.Amount> last = new AtomicReference<>();

        CopyOutcome.Copied copied = sharded.copy(source, target, options(FIRST), shards.getFirst(), last::set);

        Progress.Amount told = Objects.requireNonNull(last.get());
        assertThat(told.items()).isEqualTo(copied.items()).isLessThan(FILES / 2);
        assertThat(told.bytes()).isEqualTo(copied.bytes());
    }

    @Test
    void goesOnWhereAWorkerWasKilledAndListsAndSendsNothingTwice() {
        List<Shard> shards = begin(FIRST, 1);
        AtomicInteger seen = new AtomicInteger();
        assertThatThrownBy(() -> sharded.copy(source, target, options(FIRST), shards.getFirst(), amount -> {
                    if (seen.incrementAndGet() > 20) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        int before = versions().size();
        assertThat(before).isPositive();

        for (Shard shard : shards) {
            copy(FIRST, shard);
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
        List<Shard> shards = begin(FIRST, 3);
        String upload = store.owner()
                .createMultipartUpload(request -> request.bucket(bucket).key("large-0/film"))
                .uploadId();

        copiedAtOnce(shards);

        assertThat(uploads()).containsExactly(upload);
        finish(FIRST);
        assertThat(uploads()).containsExactly(upload);
        assertThat(versions()).hasSize(FILES + 4);
    }

    @Test
    void aWorkerThatHangsIsOvertakenByTheNextOneOfItsShardAndItsSiblingsAreNot() throws Exception {
        List<Shard> shards = begin(FIRST, 2);
        Hanging hanging = new Hanging(shards.getFirst());
        Hanging sibling = new Hanging(shards.getLast());
        copy(FIRST, shards.getFirst());
        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(StaleAttempt.class).hasMessageContaining("another worker copies");
        sibling.goOn();
        assertThat(sibling.outcome.get(20, TimeUnit.SECONDS).items()).isPositive();
        shards.forEach(shard -> copy(FIRST, shard));
        finish(FIRST);
        assertCopiedOnce();
    }

    @Test
    void aSecondCoordinatorVoidsTheShardsOfTheFirstAndCutsOnlyWhatIsMissing() throws Exception {
        List<Shard> first = begin(FIRST, 3);
        copy(FIRST, first.getFirst());
        Hanging hanging = new Hanging(first.getLast());

        List<Shard> second = begin(FIRST, 3);

        hanging.goOn();
        assertThat(hanging.failure())
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("another worker or attempt has claimed the copy since");
        assertThatThrownBy(() -> copy(FIRST, first.get(1))).isInstanceOf(StaleAttempt.class);
        assertThat(pieces(second))
                .hasSize(pieces(first).size() - first.getFirst().pieces().size());
        copiedAtOnce(second);
        assertThat(begin(FIRST, 3)).isEmpty();
        finish(FIRST);
        assertCopiedOnce();
    }

    @Test
    void aLaterAttemptVoidsAllShardsOfTheEarlier() throws Exception {
        List<Shard> earlier = begin(FIRST, 3);
        Hanging hanging = new Hanging(earlier.getFirst());
        engine.fence(source, SECOND);
        List<Shard> later = begin(SECOND, 3);

        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> copy(SECOND, earlier.getLast())).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> copy(FIRST, earlier.getLast())).isInstanceOf(FenceBroken.class);
        later.forEach(shard -> copy(SECOND, shard));
        finish(SECOND);
        assertSame();
    }

    @Test
    void anEarlierAttemptDoesNotClaimWhatALaterOneCopies() throws IOException {
        StoreUrl from = filledBucket();
        sharded.begin(from, target, options(SECOND), 3);

        assertThatThrownBy(() -> sharded.begin(from, target, options(FIRST), 3))
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("attempt 2");
        assertThatThrownBy(() -> engine.copy(from, target, options(FIRST), Progress.SILENT))
                .isInstanceOf(StaleAttempt.class);
    }

    @Test
    void refusesAShardUnderAFenceThatWasLiftedInBetween() throws IOException {
        List<Shard> shards = begin(FIRST, 3);
        copy(FIRST, shards.getFirst());
        engine.unfence(source, FIRST);
        assertThatThrownBy(() -> copy(FIRST, shards.getLast())).isInstanceOf(FenceBroken.class);
        write("photos/2025-00/child-000.jpg", "CONTENT 0");
        Files.delete(folder.resolve("photos/2025-11/child-299.jpg"));
        engine.fence(source, FIRST);
        assertThatThrownBy(() -> copy(FIRST, shards.getLast()))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("lifted and raised again");

        begin(FIRST, 3).forEach(shard -> copy(FIRST, shard));

        finish(FIRST);
        assertSame();
    }

    @Test
    void copiesABucketInShardsAndNoticesAWriteToItMeanwhile() throws IOException {
        StoreUrl from = filledBucket();
        ShardedCopy.Held held = sharded.begin(from, target, options(FIRST), 3);
        assertThat(held.stands()).isFalse();
        long items = held.shards().stream()
                .mapToLong(shard -> sharded.copy(from, target, options(FIRST), shard, Progress.SILENT)
                        .items())
                .sum();
        assertThat(items).isEqualTo(30);
        store.owner().putObject(request -> request.bucket(from.host()).key("d1/k1"), RequestBody.fromString("later"));

        assertThatThrownBy(() -> engine.copy(from, target, options(FIRST), Progress.SILENT))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("'d1/k1'");
    }

    private static StoreUrl logged(StoreUrl url) {
        int port = endpoint(url).getPort();
        return StoreUrl.parse(url.reveal().replace("%3A" + port, "%3A" + asked.port()));
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

    private List<Shard> begin(FenceToken fence, int workers) {
        try (ShardedCopy.Held held = sharded.begin(source, target, options(fence), workers)) {
            assertThat(held.stands())
                    .as("nobody waits for the end of the shards")
                    .isFalse();
            return held.shards();
        }
    }

    private static List<Shard.Piece> pieces(List<Shard> shards) {
        return shards.stream().flatMap(shard -> shard.pieces().stream()).toList();
    }

    private CopyOptions options(FenceToken fence) {
        return CopyOptions.under(fence)
                .withJobs(1)
                .withNotes(new CopyNotes(new FolderArtifacts(state), "migrations/shop/notes/media"));
    }

    private CopyOutcome.Copied copy(FenceToken fence, Shard shard) {
        return sharded.copy(source, target, options(fence), shard, Progress.SILENT);
    }

    /** None begins to copy before all have begun. */
    private List<CopyOutcome.Copied> copiedAtOnce(List<Shard> shards) {
        CyclicBarrier all = new CyclicBarrier(shards.size());
        List<CompletableFuture<CopyOutcome.Copied>> copies = shards.stream()
                .map(shard -> CompletableFuture.supplyAsync(
                        () -> {
                            await(all);
                            return copy(FIRST, shard);
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        return copies.stream().map(CompletableFuture::join).toList();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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

    /** A worker that stops in the middle of its shard until it is told to go on. */
    private final class Hanging {
        private final CountDownLatch inTheMiddle = new CountDownLatch(1);
        private final CountDownLatch further = new CountDownLatch(1);
        private final CompletableFuture<CopyOutcome.Copied> outcome;

        Hanging(Shard shard) throws InterruptedException {
            outcome = CompletableFuture.supplyAsync(
                    () -> sharded.copy(source, target, options(FIRST), shard, amount -> {
                        inTheMiddle.countDown();
                        await(further);
                    }),
                    task -> Thread.ofVirtual().start(task));
            assertThat(inTheMiddle.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            further.countDown();
        }

        Throwable failure() {
            try {
                return new AssertionError("it copied " + outcome.get(20, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                return Objects.requireNonNull(e.getCause());
            } catch (InterruptedException | TimeoutException e) {
                return e;
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
