package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** A repair that is killed leaves uploads that cost money and that nobody sees; whoever works on the two places next gives them up. */
@Tag("battery")
class RepairKillIT extends WithRealServer {
    private static final String LARGE = "large.img";
    /** Parts enough for a kill to come before the last of them. */
    private static final long BYTES = 30L * EngineProcess.PART;

    @TempDir
    Path files;

    @TempDir
    Path notes;

    private final ObjectsEngine engine = new ObjectsEngine(S3Clients::of, EngineProcess.PART);
    private String bucket;
    private String theirs;

    @BeforeEach
    void fill() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(files.resolve(LARGE).toFile(), "rw")) {
            file.setLength(BYTES);
        }
        Files.writeString(files.resolve("small.txt"), "small");
        bucket = server.bucket();
        engine.copy(source(), target(), EngineProcess.options(notes), Progress.SILENT);
        server.owner()
                .putObject(request -> request.bucket(bucket).key(LARGE), RequestBody.fromString("somebody else's"));
        theirs = server.owner()
                .createMultipartUpload(request -> request.bucket(bucket).key(LARGE))
                .uploadId();
    }

    @Test
    void theNextRepairGivesUpWhatOneLeft() throws Exception {
        killWhileItUploads();

        assertThat(engine.repair(
                                source(), target(), EngineProcess.options(notes).notes(), Progress.SILENT)
                        .after())
                .isInstanceOf(Comparison.Same.class);

        nothingIsLeft();
    }

    @Test
    void theNextCopyGivesUpWhatARepairLeft() throws Exception {
        killWhileItUploads();
        server.owner().deleteObject(request -> request.bucket(bucket).key(LARGE));

        engine.copy(source(), target(), EngineProcess.options(notes), Progress.SILENT);

        nothingIsLeft();
    }

    private void nothingIsLeft() throws IOException {
        assertThat(uploads()).containsExactly(theirs);
        assertThat(new FolderArtifacts(notes).list("uploads/")).isEmpty();
        assertThat(engine.compare(source(), target(), Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private void killWhileItUploads() throws Exception {
        Process repair = EngineProcess.start(EngineProcess.Verb.REPAIR, source(), target(), notes, CopyPace.DEFAULT);
        while (repair.isAlive() && uploads().size() < 2) {
            Thread.sleep(1);
        }
        repair.toHandle().destroyForcibly();
        repair.waitFor();
        assertThat(uploads()).as("one was under way").hasSize(2);
    }

    private StoreUrl source() {
        return StoreUrl.parse(files.toUri().toString());
    }

    private StoreUrl target() {
        return server.url(bucket);
    }

    private List<String> uploads() {
        return server.owner().listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::uploadId)
                .toList();
    }
}
