package dev.slipway.objects.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.objects.place.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The file {@code .slipway-fence} in a fenced folder. Its first line, of fixed length, says whose fence it is and whether it stands;
 * then come the modes as they were ({@code m <octal> <name>}), each written before it is changed, and what each file was when the
 * fence stood ({@code f <size> <stamp> <name>}). Names are escaped as in a URI.
 */
public final class FenceFile {
    private static final int FIRST_LINE = 512;
    private static final String MAGIC = "slipway-fence";

    private final Path path;

    private FenceFile(Path path) {
        this.path = path;
    }

    /** The first line. */
    public record State(boolean stands, String id, FenceToken token) {
        String line() {
            String text = MAGIC + " " + (stands ? "stands" : "rises") + " " + id + " " + token;
            return text + " ".repeat(FIRST_LINE - 1 - text.getBytes(StandardCharsets.UTF_8).length) + "\n";
        }
    }

    static Optional<FenceFile> find(Folder folder) {
        Path path = folder.fence();
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new FenceFile(path))
                : Optional.empty();
    }

    static FenceFile create(Folder folder, State state) throws IOException {
        Path path = folder.fence();
        Path part = folder.unfinishedFence();
        Files.writeString(part, state.line());
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        return new FenceFile(path);
    }

    State state() throws IOException {
        try (Stream<String> lines = Files.lines(path)) {
            String[] words = lines.findFirst().orElse("").strip().split(" ", 4);
            if (words.length < 4 || !words[0].equals(MAGIC)) {
                throw new IOException(path + " is no fence's file");
            }
            return new State(words[1].equals("stands"), words[2], FenceToken.parse(words[3]));
        }
    }

    /** In place, because a file cannot be replaced in a folder that is closed. */
    void write(State state) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(state.line().getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
        }
    }

    /** The modes as they were, by escaped name; the first that was written for a name counts. */
    Map<String, Integer> modes() throws IOException {
        Map<String, Integer> modes = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(path)) {
            lines.filter(line -> line.startsWith("m ")).forEach(line -> {
                String[] words = line.split(" ", 3);
                modes.putIfAbsent(words[2], Integer.parseInt(words[1], 8));
            });
        }
        return modes;
    }

    void addModes(Map<String, Integer> modes) throws IOException {
        append(modes.entrySet().stream()
                .map(mode -> "m " + Integer.toOctalString(mode.getValue()) + " " + mode.getKey())
                .toList());
    }

    /** What each file was when the fence stood, by escaped name. */
    SortedMap<String, String> content() throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        try (Stream<String> lines = Files.lines(path)) {
            lines.filter(line -> line.startsWith("f ")).forEach(line -> {
                int name = line.lastIndexOf(' ');
                content.put(line.substring(name + 1), line.substring(2, name));
            });
        }
        return content;
    }

    void addContent(SortedMap<String, String> content) throws IOException {
        append(content.entrySet().stream()
                .map(file -> "f " + file.getValue() + " " + file.getKey())
                .toList());
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private void append(List<String> lines) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer text = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
