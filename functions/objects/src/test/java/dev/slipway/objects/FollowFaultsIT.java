package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Carrier;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** An app that goes on writing files whatever happens, and turns that are killed anywhere: no write that it was told of is lost. */
class FollowFaultsIT extends WithRealServer {
    private static final long SEED = Long.getLong("slipway.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("slipway.rounds", 3);
    private static final int KILLS = 3;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Random random = new Random(SEED);

    @Test
    void losesNoAcknowledgedWriteHoweverOftenATurnIsKilled() throws Exception {
        System.out.printf("seed %d%n", SEED);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path files = Files.createDirectory(folder.resolve("app"));
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
        StoreUrl source = StoreUrl.parse(files.toUri().toString());
        String bucket = server.bucket();
        StoreUrl target = server.url(bucket);
        Path notes = folder.resolve("notes");
        Following following = FollowProcess.following(notes);
        int onTarget = 0;
        try (App app = App.start(files)) {
            app.awaitMore(50);
            following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT);
            try (Carrier carrier = following.carry(source, target)) {
                for (int round = 0; round < ROUNDS; round++) {
                    app.awaitMore(50);
                    carrier.check();
                    turn(following, notes, source, target);
                    int acknowledged = app.acknowledged.size();
                    for (int i = 0; i < 20; i++) {
                        put(bucket, "there-" + onTarget++);
                    }
                    assertThat(app.acknowledged).as("two writers").hasSize(acknowledged);
                    turn(following, notes, target, source);
                }
            }
            app.awaitMore(20);
            app.stop();
            System.out.printf("%d writes on the source, %d on the target%n", app.acknowledged.size(), onTarget);
            for (String name : app.acknowledged) {
                assertThat(files.resolve(name)).hasContent(name.substring(name.indexOf("/f") + 2));
            }
        }
        for (int i = 0; i < onTarget; i++) {
            assertThat(files.resolve("there-" + i)).hasContent("there-" + i);
        }
    }

    private static void put(String bucket, String key) {
        server.owner().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(key));
    }

    private void turn(Following following, Path notes, StoreUrl writer, StoreUrl follower) throws Exception {
        for (int i = random.nextInt(KILLS + 1); i > 0; i--) {
            Process turn = FollowProcess.turn(writer, follower, notes, "");
            try (BufferedReader said = turn.inputReader(StandardCharsets.UTF_8)) {
                said.readLine();
                Thread.sleep(random.nextInt(2_000));
                turn.destroyForcibly();
                assertThat(turn.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        Turn turn = following.turn(writer, follower, LONGEST, Progress.SILENT);
        // An app that had opened a file when the fence came is found out, and the folder opens again.
        for (int i = 0; turn instanceof Turn.NotDone && i < 5; i++) {
            System.out.println(turn);
            turn = following.turn(writer, follower, LONGEST, Progress.SILENT);
        }
        assertThat(turn).isInstanceOfAny(Turn.Done.class, Turn.Earlier.class);
    }

    /** Writes one file after the other as another user, and says which it could. */
    private static final class App implements AutoCloseable {
        private final Process process;
        private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
        private final Thread reader;

        private App(Process process) {
            this.process = process;
            this.reader = Thread.ofVirtual().start(this::read);
        }

        static App start(Path files) throws IOException {
            String script = "i=0; while :; do i=$((i+1)); mkdir -p d$((i%7)) && echo $i > d$((i%7))/f$i"
                    + " && echo d$((i%7))/f$i; sleep 0.005; done 2>/dev/null";
            boolean root = "root".equals(System.getProperty("user.name"));
            ProcessBuilder shell = root
                    ? new ProcessBuilder(
                            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", script)
                    : new ProcessBuilder("sh", "-c", script);
            return new App(shell.directory(files.toFile()).start());
        }

        private void read() {
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    acknowledged.add(line);
                }
            } catch (IOException e) {
                // It was ended.
            }
        }

        void awaitMore(int writes) throws InterruptedException {
            int wanted = acknowledged.size() + writes;
            for (int i = 0; acknowledged.size() < wanted; i++) {
                assertThat(i).as("the app may write").isLessThan(600);
                Thread.sleep(50);
            }
        }

        /** Returns when all that it has said was heard. */
        void stop() throws InterruptedException {
            process.destroy();
            process.waitFor();
            reader.join();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
