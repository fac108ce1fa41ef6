package dev.slipway.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.S3Clients;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Copies that are killed at any moment, each followed by a run that ends. What is on the target then is read from the server's own
 * files. {@code -Dslipway.kill.seed=N} repeats what a run with that seed did, as far as chance is ours; {@code -Dslipway.kills=N} is
 * how many.
 */
@Tag("battery")
class ObjectsKillIT {
    private static final int KILLS = Integer.getInteger("slipway.kills", 24);
    private static final long SEED = Long.getLong("slipway.kill.seed", System.nanoTime() % 1_000_000);
    private static final int SMALL = 500;
    private static final int LARGE = 6;
    private static final int FOREIGN = 3;
    private static final int LARGE_BYTES = (12 << 20) + 1;
    /** For every kind of work to be under way at some time. */
    private static final CopyPace SLOW = new CopyPace(1, 1, 48L << 20);

    private static final String BESIDE = "beside";
    /** As the server calls them; it keeps ETags and checksums as well, which depend on the parts. */
    private static final List<String> ATTRIBUTES =
            List.of("content-type", "cache-control", "metadata", "X-Amz-Tagging");

    @TempDir
    static Path folder;

    private static Path files;
    private static RealServer sources;
    private static RealServer targets;
    private static String filled;
    private static final AtomicInteger struck = new AtomicInteger();

    private final Random random = new Random(SEED);

    /** What is killed. */
    private enum Victim {
        COPY,
        TARGET_SERVER,
        SOURCE_SERVER
    }

    /**
     * One kill.
     *
     * @param objects how many are to be done by then
     * @param uploading whether an upload in parts is to be under way, too
     * @param millis how long after that
     */
    private record Strike(Victim victim, boolean fromFolder, int objects, boolean uploading, int millis) {}

    @BeforeAll
    static void start() throws IOException {
        sources = RealServer.start(folder.resolve("sources"));
        targets = RealServer.start(folder.resolve("targets"));
        filled = sources.bucket();
        files = Files.createDirectories(folder.resolve("files"));
        Random random = new Random(7);
        for (int i = 0; i < SMALL + LARGE; i++) {
            byte[] content = new byte[i < SMALL ? random.nextInt(40_000) : LARGE_BYTES];
            random.nextBytes(content);
            put(i < SMALL ? "d" + i % 5 + "/file " + i + ".txt" : "d" + i % 5 + "/large-" + i, content);
        }
    }

    @AfterAll
    static void stop() {
        if (targets != null) {
            sources.close();
            targets.close();
        }
    }

    private static void put(String key, byte[] content) throws IOException {
        Path file = files.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        sources.owner()
                .putObject(
                        request -> request.bucket(filled)
                                .key(key)
                                .contentType("text/x-" + content.length % 7)
                                .cacheControl("max-age=" + content.length)
                                .metadata(Map.of("length", String.valueOf(content.length)))
                                .tagging("odd=" + content.length % 2),
                        RequestBody.fromBytes(content));
    }

    @Test
    void afterAKillTheNextRunEndsTheSame() throws Exception {
        strike(new Strike(
                Victim.COPY, /* fromFolder= */ false, SMALL / 3, /* uploading= */ false, random.nextInt(100)));
        strike(new Strike(Victim.COPY, /* fromFolder= */ true, 0, /* uploading= */ true, 0));
    }

    @Test
    void afterEachOfManyKillsTheNextRunEndsTheSame() throws Exception {
        System.out.printf("seed %d%n", SEED);
        for (int i = 0; i < KILLS; i++) {
            Victim victim = Victim.values()[Math.max(0, i % 5 - 2)];
            boolean fromFolder = victim != Victim.SOURCE_SERVER && random.nextBoolean();
            strike(new Strike(
                    victim, fromFolder, random.nextInt(SMALL + LARGE), random.nextBoolean(), random.nextInt(200)));
        }
    }

    private void strike(Strike strike) throws Exception {
        String bucket = "struck-" + struck.incrementAndGet();
        targets.owner().createBucket(request -> request.bucket(bucket));
        Path notes = Files.createTempDirectory(folder, "notes");
        Set<String> foreign = Set.of(begin(bucket, "d1/large-501"), begin(bucket, BESIDE), begin(bucket, "d2/theirs"));
        Process copy = EngineProcess.start(EngineProcess.Verb.COPY, source(strike), targets.url(bucket), notes, SLOW);
        boolean wasAlive = hit(strike, copy, bucket);
        int left = uploads(bucket).size() - foreign.size();

        CopyOutcome outcome = new ObjectsEngine(S3Clients::of, EngineProcess.PART)
                .copy(source(strike), targets.url(bucket), EngineProcess.options(notes), Progress.SILENT);

        System.out.printf(
                "%s, %s, %d uploads were left; then %s%n", strike, wasAlive ? "struck" : "was over", left, outcome);
        Path there = folder.resolve("targets/objects").resolve(bucket);
        if (strike.fromFolder) {
            assertThat(contents(there, List.of())).isEqualTo(contents(files, List.of()));
        } else {
            assertThat(contents(there, ATTRIBUTES))
                    .isEqualTo(contents(folder.resolve("sources/objects").resolve(filled), ATTRIBUTES));
        }
        assertThat(uploads(bucket)).containsExactlyInAnyOrderElementsOf(foreign);
        assertThat(new FolderArtifacts(notes).list("uploads/")).isEmpty();
        assertThat(new ObjectsEngine(S3Clients::of, EngineProcess.PART)
                        .copy(source(strike), targets.url(bucket), EngineProcess.options(notes), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Skipped.class);
        assertThat(new ObjectsEngine().compare(source(strike), targets.url(bucket), Progress.SILENT))
                .isInstanceOf(dev.slipway.migration.Comparison.Same.class);
    }

    private static StoreUrl source(Strike strike) {
        return strike.fromFolder ? StoreUrl.parse(files.toUri().toString()) : sources.url(filled);
    }

    /** Whether the copy was not over yet. */
    private static boolean hit(Strike strike, Process copy, String bucket) throws Exception {
        try (BufferedReader said = copy.inputReader(UTF_8)) {
            String line = said.readLine();
            while (line != null && line.matches("\\d+") && Long.parseLong(line) < strike.objects) {
                line = said.readLine();
            }
            while (strike.uploading && copy.isAlive() && uploads(bucket).size() <= FOREIGN) {
                Thread.sleep(1);
            }
            Thread.sleep(strike.millis);
            boolean alive = copy.isAlive();
            switch (strike.victim) {
                case COPY -> copy.toHandle().destroyForcibly();
                case TARGET_SERVER -> targets = restarted(targets, "targets");
                case SOURCE_SERVER -> sources = restarted(sources, "sources");
            }
            List<String> last =
                    said.lines().filter(each -> !each.matches("\\d+")).toList();
            assertThat(copy.waitFor(120, TimeUnit.SECONDS)).isTrue();
            if (strike.victim != Victim.COPY && copy.exitValue() != 0) {
                assertThat(last).singleElement().asString().startsWith("Tried to ");
            }
            return alive;
        }
    }

    /** It listens elsewhere then. */
    private static RealServer restarted(RealServer server, String name) throws IOException {
        server.stop();
        return RealServer.start(folder.resolve(name));
    }

    private static String begin(String bucket, String key) {
        return targets.owner()
                .createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
    }

    private static List<String> uploads(String bucket) {
        return targets.owner().listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::uploadId)
                .toList();
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.startsWith(".sgwtmp"))
                    .sorted()
                    .toList();
        }
    }

    /** Of each file a digest, and what the server keeps beside it. */
    private static SortedMap<String, String> contents(Path root, List<String> attributes) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        for (String name : names(root)) {
            Path file = root.resolve(name);
            contents.put(
                    name,
                    dev.slipway.migration.Sha256.hex(Files.readAllBytes(file)) + " " + attributes(file, attributes));
        }
        return contents;
    }

    private static List<String> attributes(Path file, List<String> names) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        List<String> attributes = new ArrayList<>();
        for (String name : names) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            attributes.add(name + "=" + HexFormat.of().formatHex(value.array()));
        }
        return attributes;
    }
}
