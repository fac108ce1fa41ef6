package dev.slipway.objects;

import dev.slipway.migration.Accord;
import dev.slipway.migration.FollowPlaces;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.PairPlace;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.follow.FollowPace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A turn in a process of its own, which can be killed. It says what it is at, and goes no further than a step. */
public final class FollowProcess {
    static final String ENDED = "ended: ";

    private FollowProcess() {}

    static Following following(Path notes) {
        return following(folders(notes));
    }

    static Following following(FollowPlaces places) {
        return ObjectsEngine.following(places, new FollowPace(Duration.ofMillis(100), Duration.ofSeconds(1)))
                .following()
                .orElseThrow();
    }

    private static FollowPlaces folders(Path notes) {
        return (source, target) -> Optional.of(
                PairPlace.folder(notes.resolve(Sha256.hex((source + " " + target).getBytes(StandardCharsets.UTF_8)))));
    }

    /** @param until how the step begins in which it stops; empty for none */
    static Process turn(StoreUrl writer, StoreUrl follower, Path notes, String until) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                FollowProcess.class.getName(),
                writer.reveal(),
                follower.reveal(),
                notes.toString(),
                until);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.redirectErrorStream(true).start();
    }

    public static void main(String[] arguments) {
        String until = arguments[3];
        Progress progress = amount -> {
            System.out.println(amount.what());
            while (!until.isEmpty() && amount.what().startsWith(until)) {
                LockSupport.parkNanos(Long.MAX_VALUE);
            }
        };
        Turn turn = following(Path.of(arguments[2]))
                .turn(
                        StoreUrl.parse(arguments[0]),
                        StoreUrl.parse(arguments[1]),
                        Duration.ofSeconds(30),
                        Accord.ALONE,
                        progress);
        System.out.println(ENDED + turn);
    }
}
