package dev.slipway.worker;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of files that a command writes, and writes anew. A list of them, as {@code sha256sum} writes it, says which are ours and
 * as we left them: nothing else is written over or removed.
 */
final class OutputFolder {
    private static final String LIST = "SHA256SUMS";
    private static final String BETWEEN = "  ";

    private final Path folder;

    OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the files, and removes those of an earlier time that are not among them.
     *
     * @param files text by path
     * @throws InvalidInput if the folder holds anything else in their place, or one of ours was changed; nothing is written then
     */
    void write(SortedMap<String, String> files) {
        try {
            SortedMap<String, String> earlier = earlier();
            requireOurs(files, earlier);
            replace(files, earlier);
        } catch (IOException e) {
            throw refused(
                    "the file system refuses it ("
                            + e.getClass().getSimpleName().replace("Exception", "") + ")",
                    "name a folder that can be written to");
        }
    }

    /** The sums of what an earlier run wrote. */
    private SortedMap<String, String> earlier() throws IOException {
        Path list = folder.resolve(LIST);
        SortedMap<String, String> sums = new TreeMap<>();
        if (Files.isRegularFile(list)) {
            for (String line : Files.readAllLines(list)) {
                int between = line.indexOf(BETWEEN);
                if (between < 0) {
                    throw refused("its " + LIST + " is not what this command writes", "name another folder");
                }
                sums.put(line.substring(between + BETWEEN.length()), line.substring(0, between));
            }
        }
        return sums;
    }

    private void requireOurs(SortedMap<String, String> files, SortedMap<String, String> earlier) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw refused("it is a file", "name a folder");
        }
        if (earlier.isEmpty() && !isEmpty()) {
            throw refused("it is not empty and not of an earlier run", "name a new folder, or an empty one");
        }
        for (Map.Entry<String, String> known : earlier.entrySet()) {
            Path file = inside(known.getKey());
            if (Files.exists(file) && !Sha256.hex(Files.readAllBytes(file)).equals(known.getValue())) {
                throw refused(
                        known.getKey() + " was changed since it was written",
                        "name another folder and compare, or remove that file");
            }
        }
        for (String name : files.keySet()) {
            if (!earlier.containsKey(name) && Files.exists(inside(name))) {
                throw refused(
                        name + " is there and not of an earlier run", "name another folder, or move that file away");
            }
        }
    }

    /** A list that somebody wrote may name any place. */
    private Path inside(String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || name.equals(LIST)) {
            throw refused("its " + LIST + " is not what this command writes", "name another folder");
        }
        return file;
    }

    private boolean isEmpty() throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    private void replace(SortedMap<String, String> files, SortedMap<String, String> earlier) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = inside(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
        for (String name : earlier.keySet()) {
            if (!files.containsKey(name)) {
                Files.deleteIfExists(inside(name));
            }
        }
        Files.writeString(
                folder.resolve(LIST),
                files.entrySet().stream()
                        .map(file -> Sha256.hex(file.getValue().getBytes(StandardCharsets.UTF_8))
                                + BETWEEN
                                + file.getKey()
                                + "\n")
                        .collect(Collectors.joining()));
    }

    private InvalidInput refused(String why, String remedy) {
        return new InvalidInput("write files into " + folder, why, remedy);
    }
}
