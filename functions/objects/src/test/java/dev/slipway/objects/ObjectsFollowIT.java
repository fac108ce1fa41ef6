package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.AwaitedAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Carrier;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.PairPlace;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.session.S3Clients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** A bucket of a real server follows a folder or another bucket, takes its place, and gives it back. */
class ObjectsFollowIT extends WithRealServer {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int FILES = 60;

    private Path files;
    private Path notes;
    private Following following;
    private String there;
    private StoreUrl source;
    private StoreUrl target;

    @BeforeEach
    void fill() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        files = Files.createTempDirectory(folder, "files");
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
        notes = Files.createTempDirectory(folder, "notes");
        following = FollowProcess.following(notes);
        there = server.bucket();
        source = StoreUrl.parse(files.toUri().toString());
        target = server.url(there);
        for (int i = 0; i < FILES; i++) {
            write("d" + i % 3 + "/f" + i + ".txt", "content " + i);
        }
    }

    /** Other tests delete what is in here. */
    @AfterEach
    void open() throws IOException {
        Files.walkFileTree(files, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes facts) throws IOException {
                Files.setAttribute(place, "unix:mode", 0777);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void aFolderIsFollowedCutOverRolledBackAndCutOverAgain() throws Exception {
        mode("d0/f0.txt", 0640);
        mode("d1", 0775);
        try (Carrier carrier = begun()) {
            write("d0/f3.txt", "CONTENT 3");
            write("new/while it follows.txt", "1");
            Files.delete(files.resolve("d1/f1.txt"));
            awaitSame(carrier);
            done(following.turn(source, target, LONGEST, Progress.SILENT));
        }
        assertThat(inBucket(there)).isEqualTo(inFolder()).containsKey("new/while it follows.txt");
        assertThat(asNobody("echo x > d1/late")).isNotZero();
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isEqualTo(new Turn.Earlier());
        assertThat(new ObjectsEngine().compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);

        put(there, "d0/f3.txt", "written on the target");
        put(there, "d0/f0.txt", "its mode stays");
        put(there, "new/deeper/after.html", "<p>");
        delete(there, "d2/f2.txt");
        done(following.turn(target, source, LONGEST, Progress.SILENT));

        assertThat(inFolder()).isEqualTo(inBucket(there)).containsKeys("new/deeper/after.html", "d0/f0.txt");
        assertThat(inFolder()).doesNotContainKey("d2/f2.txt").containsEntry("d0/f3.txt", "written on the target");
        assertThat(modeOf("d0/f0.txt")).isEqualTo(0640);
        assertThat(modeOf("d1")).isEqualTo(0775);
        assertThat(modeOf("new/deeper") & 0200).isNotZero();
        assertThat(modeOf("new/deeper/after.html")).isEqualTo(0644);
        assertThat(asNobody("echo x > on-its-own-side")).isZero();
        assertThat(names(files)).noneMatch(name -> name.contains(".slipway"));

        delete(files, "d2/f5.txt");
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThat(inBucket(there))
                .isEqualTo(inFolder())
                .containsKey("on-its-own-side")
                .doesNotContainKey("d2/f5.txt");
        following.end(target, source);
        assertThat(following.lag(/* source= */ target, /* target= */ source)).isEmpty();
        assertThat(asNobody("echo x > late")).isNotZero();
    }

    @Test
    void aBucketIsFollowedWithWhatItsObjectsWereGiven() throws Exception {
        String here = server.bucket();
        source = server.url(here);
        for (int i = 0; i < FILES; i++) {
            give(here, "k" + i, "content " + i, "red");
        }
        CopyOutcome copied = following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT);
        assertThat(((CopyOutcome.Copied) copied).findings())
                .extracting(Finding::subject)
                .contains("no fence");
        try (Carrier carrier = following.carry(source, target)) {
            // A listing has seconds, and k2 becomes another by its metadata alone.
            Thread.sleep(1_100);
            give(here, "k1", "CONTENT 1", "red");
            give(here, "k2", "content 2", "blue");
            put(here, "more", "1");
            delete(here, "k3");
            awaitSame(carrier);
            Turn.Done done = done(following.turn(source, target, LONGEST, Progress.SILENT));
            assertThat(done.proof().findings()).extracting(Finding::subject).contains("no fence");
        }
        give(there, "k4", "content 4", "green");
        put(there, "after", "2");
        delete(there, "k5");
        done(following.turn(target, source, LONGEST, Progress.SILENT));
        assertThat(inBucket(here))
                .isEqualTo(inBucket(there))
                .containsKey("after")
                .doesNotContainKey("k5");
        assertThat(server.owner()
                        .headObject(request -> request.bucket(here).key("k4"))
                        .metadata())
                .containsEntry("colour", "green");
        delete(here, "after");
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThat(inBucket(there)).doesNotContainKey("after");
    }

    /** S3's list does not show that tags alone have changed. */
    @Test
    void tagsThatChangeAloneComeOverAtTheCutover() throws Exception {
        String here = server.bucket();
        source = server.url(here);
        give(here, "k", "content", "red");
        following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT);
        server.owner()
                .putObjectTagging(request -> request.bucket(here)
                        .key("k")
                        .tagging(tags -> tags.tagSet(
                                Tag.builder().key("sort").value("new").build())));

        done(following.turn(source, target, LONGEST, Progress.SILENT));

        assertThat(server.owner()
                        .getObjectTagging(request -> request.bucket(there).key("k"))
                        .tagSet()
                        .toString())
                .contains("new");
    }

    @Test
    void whatSomebodyElsePutOnTheFollowerIsNamedAndStays() throws Exception {
        try (Carrier carrier = begun()) {
            put(there, "d0/f0.txt", "theirs");
            write("d0/f0.txt", "ours");
            assertThatThrownBy(() -> awaitFailure(carrier))
                    .isInstanceOf(FollowFailed.class)
                    .hasMessageContaining("'d0/f0.txt'");
        }
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Turn.NotDone.class,
                        notDone -> assertThat(notDone.reason()).contains("'d0/f0.txt'"));
        assertThat(inBucket(there)).containsEntry("d0/f0.txt", "theirs");
        assertThat(asNobody("echo x > goes-on")).isZero();

        delete(there, "d0/f0.txt");
        put(there, "theirs", "x");
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Turn.NotDone.class,
                        notDone -> assertThat(notDone.reason()).contains("'theirs'"));
        delete(there, "theirs");
        done(following.turn(source, target, LONGEST, Progress.SILENT));
    }

    @Test
    void aDeletionOfWhatSomebodyElseHasWrittenOverIsNotMade() throws Exception {
        begun().close();
        put(there, "d0/f0.txt", "theirs");
        Files.delete(files.resolve("d0/f0.txt"));

        assertThat(following.turn(source, target, LONGEST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Turn.NotDone.class,
                        notDone -> assertThat(notDone.reason()).contains("'d0/f0.txt'"));

        assertThat(inBucket(there)).containsEntry("d0/f0.txt", "theirs");
    }

    @Test
    void whatIsWrittenToTheSourceAfterACutoverStopsTheWayBackByName() throws Exception {
        String here = server.bucket();
        source = server.url(here);
        put(here, "a", "1");
        following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT);
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        put(here, "written by an app that was forgotten", "1");
        put(there, "b", "2");

        assertThat(following.turn(target, source, LONGEST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Turn.NotDone.class,
                        notDone -> assertThat(notDone.reason()).contains("'written by an app that was forgotten'"));
        assertThat(inBucket(here)).containsKey("written by an app that was forgotten");
        assertThat(following.lag(/* source= */ target, /* target= */ source)).isPresent();
    }

    @Test
    void aBucketThatIsStillWrittenToIsNotTakenOver() throws Exception {
        String here = server.bucket();
        source = server.url(here);
        put(here, "a", "1");
        following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT);
        AtomicBoolean writes = new AtomicBoolean(true);
        Thread app = Thread.ofPlatform().start(() -> {
            for (int i = 0; writes.get(); i++) {
                put(here, "counter", "n" + i);
            }
        });
        try {
            Turn turn = following.turn(source, target, Duration.ofSeconds(4), Progress.SILENT);
            assertThat(turn)
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class,
                            notDone -> assertThat(notDone.reason())
                                    .containsAnyOf("was still written", "within 4 s", "changed"));
        } finally {
            writes.set(false);
            app.join();
        }
        assertThat(following.lag(source, target)).isPresent();
        assertThat(following.lag(/* source= */ target, /* target= */ source)).isEmpty();
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThat(inBucket(there)).isEqualTo(inBucket(here));
    }

    @Test
    void aFileThatIsWrittenAllTheTimeHoldsUpNoOther() throws Exception {
        Path busy = files.resolve("busy");
        Files.write(busy, new byte[8 << 20]);
        try (Carrier carrier = begun()) {
            AtomicBoolean writes = new AtomicBoolean(true);
            Thread app = Thread.ofPlatform().start(() -> appendAll(busy, writes));
            try {
                write("another", "1");
                for (int i = 0; !inBucket(there).containsKey("another"); i++) {
                    carrier.check();
                    assertThat(i).isLessThan(600);
                    Thread.sleep(50);
                }
            } finally {
                writes.set(false);
                app.join();
            }
            awaitSame(carrier);
        }
        done(following.turn(source, target, LONGEST, Progress.SILENT));
    }

    /** While nobody may write, nothing is read that was brought over before. */
    @Test
    void behindTheFenceNothingIsComparedAgain() throws Exception {
        try (CountingProxy network =
                new CountingProxy(URI.create(target.parameter("endpoint").orElseThrow()))) {
            target = network.before(target);
            AwaitedAccord accord = new AwaitedAccord(
                    () -> {
                        for (int i = 0; i < FILES; i++) {
                            write("late/f" + i, "late " + i);
                        }
                        // So old they are that another change would have another time.
                        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
                    },
                    () -> inBucket(there).containsKey("late/f" + (FILES - 1)));
            begun().close();
            done(following.turn(source, target, LONGEST, accord, amount -> {
                if (amount.what().equals("fencing")) {
                    network.forget();
                }
            }));
            assertThat(network.count("GET", /* listing= */ true)).isPositive();
            assertThat(network.count("GET", /* listing= */ false)).isZero();
        }
        assertThat(inBucket(there)).isEqualTo(inFolder()).hasSize(2 * FILES);
    }

    @Test
    void behindTheFenceOnePassBringsWhatIsLeftAndProvesIt() throws Exception {
        assertThat(listingsBehindTheFence(() -> write("late/f", "late"))).isEqualTo(1);
        assertThat(inBucket(there)).isEqualTo(inFolder()).containsKey("late/f");
    }

    @Test
    void behindTheFenceAnotherPassLooksForWhatWasDeleted() throws Exception {
        assertThat(listingsBehindTheFence(() -> delete(files, "d1/f1.txt"))).isEqualTo(2);
        assertThat(inBucket(there)).isEqualTo(inFolder()).doesNotContainKey("d1/f1.txt");
    }

    /** @param last is done when no pass comes any more before the fence */
    private long listingsBehindTheFence(Late last) throws Exception {
        try (CountingProxy network =
                new CountingProxy(URI.create(target.parameter("endpoint").orElseThrow()))) {
            target = network.before(target);
            begun().close();
            done(following.turn(source, target, LONGEST, lateAccord(last), amount -> {
                if (amount.what().equals("fencing")) {
                    network.forget();
                }
            }));
            return network.count("GET", /* listing= */ true);
        }
    }

    @FunctionalInterface
    private interface Late {
        void run() throws IOException;
    }

    private static AwaitedAccord lateAccord(Late last) {
        return new AwaitedAccord(() -> {}, () -> {
            try {
                last.run();
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void behindTheFenceOfATargetOfItsOwnNotesAreAskedForNoMoreThanIsNeeded() throws Exception {
        PairPlace folder = PairPlace.folder(notes);
        CountedNotes counted = new CountedNotes(folder.notes().artifacts());
        following = FollowProcess.following((here, there) -> Optional.of(counted.place(folder)));
        begun().close();
        List<String> asked = new ArrayList<>();
        done(following.turn(source, target, LONGEST, lateAccord(() -> write("late/f", "late")), amount -> {
            switch (amount.what()) {
                case "fencing" -> counted.asked().clear();
                case "switching" -> asked.addAll(counted.asked());
                default -> {}
            }
        }));

        assertThat(asked).containsExactlyInAnyOrder("read follow/twins.gz", "write follow/twins.gz", "read claim.json");
        assertThat(inBucket(there)).isEqualTo(inFolder()).containsKey("late/f");
    }

    private static void appendAll(Path file, AtomicBoolean writes) {
        while (writes.get()) {
            try {
                Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void whatIsWrittenBehindTheFenceOpensTheFolderAgain() throws Exception {
        begun().close();
        AtomicBoolean written = new AtomicBoolean();

        Turn turn = following.turn(source, target, LONGEST, amount -> {
            if (amount.what().startsWith("bringing over the rest") && written.compareAndSet(false, true)) {
                write("by root", "x");
            }
        });

        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.NotDone.class,
                        notDone -> assertThat(notDone.reason()).contains("by%20root", "was changed behind it"));
        assertThat(asNobody("echo x > goes-on")).isZero();
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThat(inBucket(there)).containsKeys("by root", "goes-on");
    }

    @Test
    void aLinkBecomesAFileWhereItsContentIsNotWhatItLeadsToAnyMore() throws Exception {
        Files.createSymbolicLink(files.resolve("link.txt"), Path.of("d0/f0.txt"));
        begun().close();
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThat(inBucket(there)).containsEntry("link.txt", "content 0");

        put(there, "d0/f0.txt", "is not what the link leads to any more");
        done(following.turn(target, source, LONGEST, Progress.SILENT));
        assertThat(Files.readString(files.resolve("link.txt"))).isEqualTo("content 0");
        assertThat(inFolder()).isEqualTo(inBucket(there));
    }

    @Test
    void namesThatNoFileCanHaveStopTheWayBackAndLeadNowhere() throws Exception {
        Files.createSymbolicLink(files.resolve("out"), folder);
        try (S3Server loose = new S3Server();
                S3Client s3 = S3Clients.of(loose.bucket("loose"))) {
            target = loose.url("loose");
            begun().close();
            done(following.turn(source, target, LONGEST, Progress.SILENT));
            for (String name :
                    List.of("out/of/it", "d0/f0.txt/below", "a//b", "d0/../../up", ".slipway-fence", "ends/")) {
                s3.putObject(request -> request.bucket("loose").key(name), RequestBody.fromString("x"));
                assertThat(following.turn(target, source, LONGEST, Progress.SILENT))
                        .as(name)
                        .isInstanceOfSatisfying(
                                Turn.NotDone.class,
                                notDone -> assertThat(notDone.reason()).contains("'" + name + "'"));
                s3.deleteObject(request -> request.bucket("loose").key(name));
            }
            assertThat(folder.resolve("of")).doesNotExist();
            assertThat(folder.resolve("up")).doesNotExist();
            done(following.turn(target, source, LONGEST, Progress.SILENT));
            assertThat(asNobody("echo x > goes-on")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bringing over what", "fencing", "bringing over the rest", "switching"})
    void aTurnThatWasKilledIsGoneOnWith(String step) throws Exception {
        begun().close();
        write("d0/last", "1");
        killAt(step, source, target);
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThat(inBucket(there)).isEqualTo(inFolder()).containsKey("d0/last");
        assertThat(asNobody("echo x > late")).isNotZero();

        put(there, "d0/last", "2");
        put(there, "d0/after", "2");
        delete(there, "d1/f1.txt");
        killAt(
                step.equals("fencing") || step.equals("bringing over the rest") ? "s3://" + there : step,
                target,
                source);
        done(following.turn(target, source, LONGEST, Progress.SILENT));
        assertThat(inFolder()).isEqualTo(inBucket(there)).containsEntry("d0/last", "2");
        assertThat(asNobody("echo x > own-side")).isZero();
    }

    @Test
    void aPassThatWasEndedInItsMiddleIsNotTakenForSomebodyElses() throws Exception {
        begun().close();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < FILES; i++) {
                write("d" + i % 3 + "/f" + i + ".txt", "round " + round + " of " + i);
            }
            Process turn = FollowProcess.turn(source, target, notes, "");
            try (BufferedReader said = turn.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).startsWith("bringing");
                Thread.sleep(round * 40L);
                turn.destroyForcibly();
                assertThat(turn.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(following.lag(source, target)).isPresent();
        }
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThat(inBucket(there)).isEqualTo(inFolder());
    }

    @Test
    void aRollbackBeforeACutoverEndsItAndItCanBeFollowedAgain() throws Exception {
        begun().close();
        killAt("bringing over the rest", source, target);
        assertThat(asNobody("echo x > late")).isNotZero();

        following.end(source, target);

        assertThat(asNobody("echo x > goes-on")).isZero();
        assertThat(following.lag(source, target)).isEmpty();
        assertThatThrownBy(() -> following.turn(source, target, LONGEST, Progress.SILENT))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("nothing flows");
        write("d0/f0.txt", "changed since");
        begun().close();
        assertThat(inBucket(there)).isEqualTo(inFolder());
    }

    @Test
    void refusesWhatCannotBeFollowed() throws Exception {
        assertThatThrownBy(() -> following.begin(
                        /* source= */ target, /* target= */ source, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a folder cannot be a target");
        put(there, "theirs", "x");
        assertThatThrownBy(() -> following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining("'theirs'");
        delete(there, "theirs");
        begun().close();
        done(following.turn(source, target, LONGEST, Progress.SILENT));
        assertThatThrownBy(() -> following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("a cutover has turned them");
        assertThat(new ObjectsEngine().following()).isEmpty();
    }

    private Carrier begun() {
        following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT);
        return following.carry(source, target);
    }

    private static Turn.Done done(Turn turn) {
        assertThat(turn).isInstanceOf(Turn.Done.class);
        return (Turn.Done) turn;
    }

    private void awaitSame(Carrier carrier) throws InterruptedException {
        for (int i = 0;
                !(new ObjectsEngine().compare(source, target, Progress.SILENT) instanceof Comparison.Same);
                i++) {
            carrier.check();
            assertThat(i).isLessThan(100);
            Thread.sleep(100);
        }
        assertThat(following.lag(source, target).orElseThrow().behind()).isPresent();
    }

    private static void awaitFailure(Carrier carrier) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            carrier.check();
            Thread.sleep(100);
        }
    }

    private void killAt(String step, StoreUrl writer, StoreUrl follower) throws Exception {
        Process turn = FollowProcess.turn(writer, follower, notes, step);
        try (BufferedReader said = turn.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.startsWith(step)) {
                line = said.readLine();
            }
            assertThat(line).as(step).isNotNull();
        } finally {
            turn.destroyForcibly();
            assertThat(turn.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void write(String name, String content) {
        try {
            Path file = files.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path files, String name) throws IOException {
        Files.delete(files.resolve(name));
    }

    private void mode(String name, int mode) throws IOException {
        Files.setAttribute(files.resolve(name), "unix:mode", mode);
    }

    private int modeOf(String name) throws IOException {
        return (Integer) Files.getAttribute(files.resolve(name), "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    private int asNobody(String script) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        ProcessBuilder shell = root
                ? new ProcessBuilder("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", script)
                : new ProcessBuilder("sh", "-c", script);
        return shell.directory(files.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(root::relativize).map(Path::toString).toList();
        }
    }

    private Map<String, String> inFolder() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (var listing = Folder.of(StoreUrl.parse(files.toUri().toString())).list(KeyRange.ALL)) {
            while (listing.hasNext()) {
                String key = listing.next().key();
                all.put(key, Files.readString(files.resolve(key)));
            }
        }
        return all;
    }

    private static Map<String, String> inBucket(String bucket) {
        Map<String, String> all = new TreeMap<>();
        for (S3Object each :
                server.owner().listObjectsV2(request -> request.bucket(bucket)).contents()) {
            all.put(
                    each.key(),
                    server.owner()
                            .getObjectAsBytes(request -> request.bucket(bucket).key(each.key()))
                            .asUtf8String());
        }
        return all;
    }

    private static void put(String bucket, String key, String content) {
        server.owner().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private static void give(String bucket, String key, String content, String colour) {
        server.owner()
                .putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .contentType("text/x-" + colour)
                                .metadata(Map.of("colour", colour))
                                .tagging("sort=" + colour),
                        RequestBody.fromString(content));
    }

    private static void delete(String bucket, String key) {
        server.owner().deleteObject(request -> request.bucket(bucket).key(key));
    }
}
