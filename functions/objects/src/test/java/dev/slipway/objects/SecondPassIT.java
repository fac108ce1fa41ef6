package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Copies without a fence, one after the other, of a folder that goes on changing. */
class SecondPassIT {
    private static final int FILES = 120;

    @TempDir
    Path folder;

    @TempDir
    Path state;

    private final ObjectsEngine engine = new ObjectsEngine();
    private S3Server server;
    private S3Client s3;
    private StoreUrl source;
    private StoreUrl target;
    private CopyOptions options;

    @BeforeEach
    void fill() throws Exception {
        server = new S3Server();
        target = server.bucket("moved");
        s3 = S3Clients.of(target);
        source = StoreUrl.parse(folder.toUri().toString());
        options = CopyOptions.unfenced().withJobs(1).withNotes(new CopyNotes(new FolderArtifacts(state), ""));
        for (int i = 0; i < FILES; i++) {
            write("d" + i % 3 + "/f" + i, "content " + i);
        }
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    @Test
    void carriesChangesOfTheSameSizeAndDeletionsAndNothingElse() throws IOException {
        assertThat(copy()).isEqualTo(new CopyOutcome.Copied(FILES, 1210));
        assertThat(copy()).isInstanceOf(CopyOutcome.Skipped.class);
        write("d1/f1", "CONTENT 1");
        write("d9/new", "x");
        Files.delete(folder.resolve("d2/f2"));

        assertThat(copy()).isEqualTo(new CopyOutcome.Copied(2, 10));

        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(copy()).isInstanceOf(CopyOutcome.Skipped.class);
    }

    @Test
    void refusesBeforeItChangesAnythingWhatSomebodyElsePutThere() throws IOException {
        copy();
        s3.putObject(request -> request.bucket("moved").key("d1/f4"), RequestBody.fromString("another"));
        write("d0/f0", "changed");

        assertThatThrownBy(this::copy).isInstanceOf(TargetNotEmpty.class).hasMessageContaining("'d1/f4'");

        assertThat(read("d1/f4")).isEqualTo("another");
        assertThat(read("d0/f0")).isEqualTo("content 0");
    }

    @Test
    void goesOnWithoutNotesWhereWhatIsThereIsTheSame() throws Exception {
        stopAfter(10);
        CopyOptions elsewhere = CopyOptions.unfenced();
        int before = found();
        assertThat(before).isBetween(1, FILES - 1);

        CopyOutcome outcome = engine.copy(source, target, elsewhere, Progress.SILENT);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(FILES - before));
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        s3.putObject(request -> request.bucket("moved").key("foreign"), RequestBody.fromString("x"));
        assertThatThrownBy(() -> engine.copy(source, target, elsewhere, Progress.SILENT))
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessageContaining("'foreign'");
    }

    @Test
    void goesOnWithNotesAndSendsNothingTwice() throws Exception {
        stopAfter(10);
        int before = found();
        assertThat(before).isBetween(1, FILES - 1);
        write("d8/later", "is carried by the next pass, or by this where its range was not listed");

        assertThat(copy())
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isBetween((long) FILES - before, FILES - before + 1L));

        copy();
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void endsWhereAnotherCopyOfTheSameTwoHasBegunSince() throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch further = new CountDownLatch(1);
        CompletableFuture<CopyOutcome> first = CompletableFuture.supplyAsync(
                () -> engine.copy(source, target, options, amount -> {
                    inTheMiddle.countDown();
                    await(further);
                }),
                task -> Thread.ofVirtual().start(task));
        assertThat(inTheMiddle.await(20, TimeUnit.SECONDS)).isTrue();

        copy();

        further.countDown();
        assertThat(first).failsWithin(20, TimeUnit.SECONDS).withThrowableThat().withCauseInstanceOf(StaleAttempt.class);
        assertThat(copy()).isInstanceOf(CopyOutcome.Skipped.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopAfter(int objects) {
        AtomicInteger seen = new AtomicInteger();
        assertThatThrownBy(() -> engine.copy(source, target, options, amount -> {
                    if (seen.incrementAndGet() >= objects) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasMessage("stopped");
    }

    private CopyOutcome copy() {
        return switch (engine.copy(source, target, options, Progress.SILENT)) {
            case CopyOutcome.Copied copied -> new CopyOutcome.Copied(copied.items(), copied.bytes());
            case CopyOutcome.Skipped skipped -> skipped;
        };
    }

    /** When what was under way has arrived. */
    private int found() throws InterruptedException {
        int before = -1;
        int now = s3.listObjectsV2(request -> request.bucket("moved")).keyCount();
        while (now != before) {
            Thread.sleep(300);
            before = now;
            now = s3.listObjectsV2(request -> request.bucket("moved")).keyCount();
        }
        return now;
    }

    private String read(String key) {
        return s3.getObjectAsBytes(request -> request.bucket("moved").key(key)).asUtf8String();
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
