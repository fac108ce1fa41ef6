package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** What a copy asks the source and the target, and what one that goes on does not ask again (s5cmd #497). */
class RestartIT {
    private static final int RANGES = 32;
    private static final int FOLDERS = 12;
    private static final int OBJECTS_OF_ONE = 60;
    /** Those of one job: what they do when a copy is killed may have been for nothing. */
    private static final int AT_ONCE = 16;

    private static final int OBJECTS = FOLDERS * OBJECTS_OF_ONE;

    @TempDir
    Path folder;

    @TempDir
    Path state;

    private final ObjectsEngine engine = new ObjectsEngine();
    private RealServer server;
    private CountingProxy toSource;
    private CountingProxy toTarget;
    private StoreUrl source;
    private StoreUrl target;
    private CopyOptions options;

    @BeforeEach
    void fill() throws Exception {
        server = RealServer.start(folder);
        String from = server.bucket();
        String to = server.bucket();
        URI endpoint = URI.create(server.url(from).parameter("endpoint").orElseThrow());
        toSource = new CountingProxy(endpoint);
        toTarget = new CountingProxy(endpoint);
        source = toSource.before(server.url(from));
        target = toTarget.before(server.url(to));
        options = CopyOptions.unfenced().withJobs(1).withNotes(new CopyNotes(new FolderArtifacts(state), ""));
        for (int i = 0; i < OBJECTS; i++) {
            String key = "d%02d/%04d".formatted(i % FOLDERS, i);
            server.owner().putObject(request -> request.bucket(from).key(key), RequestBody.fromString(key));
        }
    }

    @AfterEach
    void stop() {
        toSource.close();
        toTarget.close();
        server.close();
    }

    @Test
    void asksForEachObjectOnceAndSendsItOnce() {
        engine.copy(source, target, options, Progress.SILENT);

        assertThat(toSource.count("GET", false)).isEqualTo(OBJECTS);
        assertThat(toSource.count("HEAD", false)).as("may each folder be read?").isEqualTo(FOLDERS);
        assertThat(toTarget.count("PUT", false)).isEqualTo(OBJECTS);
        assertThat(toTarget.count("HEAD", false)).isZero();
        // Whether it answers; the root and each folder, for where to cut and for rights; and each range.
        assertThat(toSource.count("GET", true)).isLessThanOrEqualTo(1 + 2 * (1 + FOLDERS) + RANGES);
    }

    @Test
    void neitherListsNorSendsAgainWhatItHas() {
        assertThatThrownBy(() -> engine.copy(source, target, options, amount -> {
                    if (amount.items() == OBJECTS / 2) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        long listed = toSource.count("GET", true);
        long sent = toTarget.count("PUT", false);
        toSource.forget();
        toTarget.forget();

        engine.copy(source, target, options, Progress.SILENT);

        assertThat(sent).isBetween(OBJECTS / 2L, OBJECTS - 1L);
        assertThat(toTarget.count("PUT", false)).isLessThanOrEqualTo(OBJECTS - sent + AT_ONCE);
        // What has arrived of the four segments that were under way is held against the source, by reading it at worst.
        assertThat(toSource.count("GET", false)).isLessThanOrEqualTo(OBJECTS / 2 + 4 * OBJECTS_OF_ONE);
        assertThat(toSource.count("GET", true)).isLessThan(listed);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        toSource.forget();
        toTarget.forget();

        engine.copy(source, target, options, Progress.SILENT);

        assertThat(toSource.count("GET", false) + toTarget.count("PUT", false)).isZero();
    }
}
