package dev.slipway.objects.fence;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files of a folder that processes have open for writing, as far as the kernel tells this one: on Linux, and of those that it sees
 * (proc(5); a container sees its own, and only root sees other users').
 */
final class OpenFiles {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String FLAGS = "flags:";
    private static final int OCTAL = 8;

    /** O_WRONLY and O_RDWR of open(2). */
    private static final int WRITING = 3;

    private OpenFiles() {}

    /** One of them, and whose it is. */
    static Optional<String> first(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!Files.isDirectory(PROCESSES)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                Optional<Path> file = first(process, real);
                if (file.isPresent()) {
                    return Optional.of(real.relativize(file.get()) + ", by process " + process.getFileName());
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Empty also where it has ended, or is not ours to look into. */
    private static Optional<Path> first(Path process, Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path open : files) {
                Optional<Path> file = target(open);
                if (file.filter(path -> path.startsWith(folder)).isPresent() && isForWriting(process, open)) {
                    return file;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Path> target(Path open) {
        try {
            return Optional.of(Files.readSymbolicLink(open));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isForWriting(Path process, Path open) throws IOException {
        return Files.readAllLines(process.resolve("fdinfo").resolve(open.getFileName())).stream()
                .filter(line -> line.startsWith(FLAGS))
                .anyMatch(line -> (Long.parseLong(line.substring(FLAGS.length()).strip(), OCTAL) & WRITING) != 0);
    }
}
