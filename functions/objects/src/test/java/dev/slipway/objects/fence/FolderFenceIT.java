package dev.slipway.objects.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.objects.ObjectsEngine;
import dev.slipway.objects.place.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFenceIT {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);

    @TempDir
    Path parent;

    private Path folder;
    private StoreUrl url;
    private final ObjectsEngine engine = new ObjectsEngine();

    @BeforeEach
    void fill() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder = Files.createDirectory(parent.resolve("me dia"));
        Files.createDirectory(folder.resolve("in\nner"));
        Files.writeString(folder.resolve("a"), "1");
        Files.writeString(folder.resolve("in\nner/b"), "1");
        mode("", 0777);
        mode("in\nner", 01777);
        mode("a", 0666);
        mode("in\nner/b", 04755);
        url = StoreUrl.parse(folder.toUri().toString());
    }

    @AfterEach
    void open() {
        engine.unfence(url, new FenceToken("shop", 99));
    }

    @Test
    void stopsAnotherUsersWritesAndReadsGoOn() throws Exception {
        assertThat(asNobody("echo 2 >> a && cd in* && echo 2 > new && rm new")).isZero();

        engine.fence(url, FIRST);

        assertThat(asNobody("echo 3 >> a")).isNotZero();
        assertThat(asNobody("echo 3 > new")).isNotZero();
        assertThat(asNobody("cd in* && echo 3 > new")).isNotZero();
        assertThat(asNobody("rm -f a")).isNotZero();
        assertThat(asNobody("cat a in*/b > /dev/null")).isZero();
        engine.unfence(url, FIRST);
        assertThat(asNobody("echo 4 >> a && cd in* && echo 4 > new && rm new")).isZero();
    }

    /** What it writes late is written before the fence stood, and no longer after it. */
    @Test
    void waitsForAProcessThatHasAFileOpenAndIsDoneWithIt() throws Exception {
        FolderFence fence = new FolderFence(Folder.of(url));
        try (OutputStream late = Files.newOutputStream(folder.resolve("a"))) {
            engine.fence(url, FIRST);
            Thread.ofVirtual().start(() -> {
                try (late) {
                    Thread.sleep(300);
                    late.write('2');
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            fence.awaitWriters(FIRST);
            assertThat(folder.resolve("a")).hasContent("2");
            fence.require(FIRST);
        }
    }

    @Test
    void namesTheProcessThatDoesNotCloseAFile() throws Exception {
        FolderFence fence = new FolderFence(Folder.of(url));
        try (OutputStream kept = Files.newOutputStream(folder.resolve("in\nner/b"))) {
            engine.fence(url, FIRST);
            assertThatThrownBy(() -> fence.awaitWriters(FIRST))
                    .isInstanceOf(FenceBroken.class)
                    .hasMessageContaining(
                            "b, by process " + ProcessHandle.current().pid());
            kept.write('2');
        }
        fence.awaitWriters(FIRST);
    }

    @Test
    void doesNotWaitForOneThatReads() throws Exception {
        try (InputStream reading = Files.newInputStream(folder.resolve("a"))) {
            engine.fence(url, FIRST);
            new FolderFence(Folder.of(url)).awaitWriters(FIRST);
            assertThat(reading.read()).isEqualTo('1');
        }
        new FolderFence(Folder.of(url)).require(FIRST);
    }

    @Test
    void leavesModesAsTheyWereAndNothingElse() throws IOException {
        Map<String, Integer> before = modes();
        engine.fence(url, FIRST);
        assertThat(engine.fenced(url)).contains(FIRST);
        assertThat(engine.inspect(url).items()).isEqualTo(2);
        assertThat((Integer) Files.getAttribute(folder.resolve("in\nner/b"), "unix:mode") & 07777)
                .isEqualTo(04555);

        engine.unfence(url, FIRST);

        assertThat(modes()).isEqualTo(before);
        assertThat(engine.fenced(url)).isEmpty();
        engine.unfence(url, FIRST);
    }

    @Test
    void isTakenOverByALaterAttemptAndNotLiftedByAnEarlierOne() throws IOException {
        Map<String, Integer> before = modes();
        engine.fence(url, FIRST);
        engine.fence(url, FIRST);
        engine.fence(url, SECOND);
        assertThat(engine.fenced(url)).contains(SECOND);
        assertThatThrownBy(() -> engine.unfence(url, FIRST)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> engine.fence(url, FIRST)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> engine.unfence(url, new FenceToken("other", 5)))
                .isInstanceOf(MigrationLocked.class);

        engine.unfence(url, SECOND);

        assertThat(modes()).isEqualTo(before);
    }

    @Test
    void thatWasInterruptedDoesNotStandAndIsFinishedOrLifted() throws IOException {
        Map<String, Integer> before = modes();
        Folder place = Folder.of(url);
        FenceFile file = FenceFile.create(place, new FenceFile.State(false, "id", FIRST));
        file.addModes(Map.of("a", 0666));
        mode("a", 0444);

        assertThat(engine.fenced(url)).isEmpty();
        engine.fence(url, SECOND);
        assertThat(engine.fenced(url)).contains(SECOND);
        engine.unfence(url, SECOND);

        assertThat(modes()).isEqualTo(before);
    }

    @Test
    void thatWasHalfLiftedDoesNotStandAndIsClosedAnew() throws Exception {
        Map<String, Integer> before = modes();
        engine.fence(url, FIRST);
        Path notes = Folder.of(url).fence();
        String whole = Files.readString(notes);
        Files.writeString(notes, "m none b\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> engine.unfence(url, FIRST)).isInstanceOf(NumberFormatException.class);
        Files.writeString(notes, Files.readString(notes).replace("m none b\n", ""));
        assertThat(Files.readString(notes)).hasSameSizeAs(whole);
        assertThat(asNobody("echo 2 > new && rm new")).as("opened already").isZero();

        assertThat(engine.fenced(url)).isEmpty();
        engine.fence(url, FIRST);
        assertThat(engine.fenced(url)).contains(FIRST);
        assertThat(asNobody("echo 2 > new")).isNotZero();
        engine.unfence(url, FIRST);
        assertThat(modes()).isEqualTo(before);
    }

    private int asNobody(String script) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        ProcessBuilder shell = root
                ? new ProcessBuilder("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", script)
                : new ProcessBuilder("sh", "-c", script);
        return shell.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void mode(String name, int mode) throws IOException {
        Files.setAttribute(folder.resolve(name), "unix:mode", mode);
    }

    private Map<String, Integer> modes() throws IOException {
        Map<String, Integer> modes = new TreeMap<>();
        AtomicInteger count = new AtomicInteger();
        try (var paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                modes.put(path.toString(), (Integer) Files.getAttribute(path, "unix:mode"));
                count.incrementAndGet();
            }
        }
        assertThat(count).hasValue(4);
        return modes;
    }
}
