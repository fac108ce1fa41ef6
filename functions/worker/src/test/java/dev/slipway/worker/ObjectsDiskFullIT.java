package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own needs a superuser. A limit on the size of a file does not, and the server is told of it as of a full disk. */
class ObjectsDiskFullIT {
    private static final int LIMIT = 1 << 20;

    @TempDir
    Path folder;

    private final CommandRun command = new CommandRun();

    @Test
    void saysWhichObjectHasNoRoomAndGoesOnWhenThereIs() throws Exception {
        Optional<Path> program = S3Program.of(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("an S3 server, which Go builds").isPresent();
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.write(files.resolve("large"), new byte[2 * LIMIT]);
        Files.write(files.resolve("small"), new byte[10]);
        S3Server.Place place = new S3Server.Place(program.orElseThrow(), folder.resolve("s3"), "127.0.0.1", false);
        try (S3Server server = S3Server.start(place)) {
            Path bucket = Files.createDirectories(place.bucket("full"));
            limit(server, Integer.toString(LIMIT));

            command.stopped(
                    "Tried to copy 'large' to s3://full/ but it answered 500",
                    "look at that store's log and its disk, then copy again: it goes on, and what was copied stays until then",
                    "copy",
                    files.toUri().toString(),
                    server.url("full"));

            assertThat(bucket.resolve("large")).doesNotExist();
            limit(server, "unlimited");
            assertThat(command.run("copy", files.toUri().toString(), server.url("full")))
                    .as(command.err())
                    .isZero();
            assertThat(command.run("compare", files.toUri().toString(), server.url("full")))
                    .as(command.out())
                    .isZero();
        }
    }

    private static void limit(S3Server server, String bytes) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }
}
