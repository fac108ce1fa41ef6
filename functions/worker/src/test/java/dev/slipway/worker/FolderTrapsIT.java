package dev.slipway.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a folder and is no file that this user may read. */
class FolderTrapsIT {
    @TempDir
    Path folder;

    private final CommandRun command = new CommandRun();
    private Path files;
    private Path bucket;
    private S3Server server;

    @BeforeEach
    void start() throws IOException {
        Optional<Path> program = S3Program.of(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("an S3 server, which Go builds").isPresent();
        S3Server.Place place = new S3Server.Place(program.orElseThrow(), folder.resolve("s3"), "127.0.0.1", false);
        server = S3Server.start(place);
        bucket = Files.createDirectories(place.bucket("copied"));
        files = Files.createDirectory(folder.resolve("files"));
        Files.createDirectory(files.resolve("in"));
        Files.writeString(files.resolve("in/a.txt"), "a");
        Files.writeString(files.resolve("b.txt"), "b");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void linksSocketsPipesAndHolesHaveOneOutcomeEach() throws Exception {
        Files.createSymbolicLink(files.resolve("to-a-file"), Path.of("in/a.txt"));
        Files.createSymbolicLink(files.resolve("to-a-folder"), Path.of("in"));
        Files.createSymbolicLink(files.resolve("to-itself"), Path.of("to-itself"));
        Files.createSymbolicLink(files.resolve("to-nothing"), Path.of("gone"));
        Files.createSymbolicLink(files.resolve("out"), Path.of("/etc/hostname"));
        Files.createLink(files.resolve("hard"), files.resolve("b.txt"));
        Files.createDirectory(files.resolve("void"));
        assertThat(new ProcessBuilder("mkfifo", files.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (FileChannel sparse =
                FileChannel.open(files.resolve("sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(UTF_8.encode("end"), 20 << 20);
        }
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(files.resolve("socket")));

            assertThat(command.run("copy", files.toUri().toString(), server.url("copied")))
                    .as(command.err())
                    .isZero();
        }

        assertThat(command.out())
                .startsWith("copied 5 files, 21.0 MB")
                .contains("warning: not copied ", " and is no object. So it is with 5 more.")
                .contains("warning: empty folders void is empty, and no object is a folder.");
        assertThat(names()).containsExactly("b.txt", "hard", "in/a.txt", "sparse", "to-a-file");
        assertThat(bucket.resolve("to-a-file")).hasContent("a");
        assertThat(Files.mismatch(files.resolve("sparse"), bucket.resolve("sparse")))
                .isEqualTo(-1);
        assertThat(command.run("compare", files.toUri().toString(), server.url("copied")))
                .as(command.out())
                .isZero();
    }

    @Test
    void aFileThatThisUserMayNotRead() throws Exception {
        Files.setPosixFilePermissions(files.resolve("in/a.txt"), PosixFilePermissions.fromString("---------"));
        refused("Tried to read the file in/a.txt of " + files + " but this user may not: let this user read it,");
    }

    @Test
    void aFolderThatThisUserMayNotRead() throws Exception {
        Path closed = Files.setPosixFilePermissions(files.resolve("in"), PosixFilePermissions.fromString("---------"));
        refused("Tried to read the folder " + closed + " but this user may not: let this user read it,");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** In a process that is not root's. */
    private void refused(String line) throws Exception {
        List<String> words = new ArrayList<>(unprivileged());
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                SlipwayCommand.class.getName(),
                "copy",
                files.toUri().toString(),
                server.url("copied")));
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        assertThat(builder.start().waitFor()).as(Files.readString(out)).isEqualTo(ExitCode.NOT_DONE);
        assertThat(Files.readString(out).lines()).singleElement().asString().startsWith(line);
        assertThat(names()).isEmpty();
    }

    private static List<String> unprivileged() throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        List<String> words = List.of("unshare", "--user");
        int able = new ProcessBuilder(
                        Stream.concat(words.stream(), Stream.of("true")).toList())
                .start()
                .waitFor();
        assumeThat(able).as("a user who is not root").isZero();
        return words;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(bucket)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
