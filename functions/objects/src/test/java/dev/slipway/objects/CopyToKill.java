package dev.slipway.objects;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.nio.file.Path;

/** Copies in a process of its own, says how many objects are done, and how it ended. */
final class CopyToKill {
    /** Objects above this go in parts. */
    static final int PART = 5 << 20;

    /** Slow enough for every kind of work to be under way at some time. */
    private static final long BYTES_PER_SECOND = 48L << 20;

    private CopyToKill() {}

    static Process start(StoreUrl source, StoreUrl target, Path notes) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                CopyToKill.class.getName(),
                source.reveal(),
                target.reveal(),
                notes.toString());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.redirectErrorStream(true).start();
    }

    static CopyOptions options(Path notes) {
        return CopyOptions.unfenced().withJobs(1).withNotes(new CopyNotes(new FolderArtifacts(notes), ""));
    }

    public static void main(String[] arguments) {
        try {
            new ObjectsEngine(S3Clients::of, PART)
                    .copy(
                            StoreUrl.parse(arguments[0]),
                            StoreUrl.parse(arguments[1]),
                            options(Path.of(arguments[2])).withBytesPerSecond(BYTES_PER_SECOND),
                            amount -> System.out.println(amount.items()));
        } catch (SlipwayException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }
}
