package dev.slipway.objects.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.Item;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;

/**
 * The file {@code .slipway-fence} in a fenced folder. Its first line, of fixed length, says whose fence it is and whether it stands;
 * then come the modes as they were ({@code m <octal> <name>}), each written before it is changed, and what each file was when the
 * fence stood ({@code f <size> <stamp> <name>}); those behind the last {@code r} count. Names are escaped as in a URI.
 */
public final class FenceFile {
    private static final int FIRST_LINE = 512;
    private static final String MODE = "m ";
    private static final String FACT = "f ";
    private static final String ANEW = "r";
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

    /** The modes as they were, by escaped name, as they were written: the first for a name counts. */
    void readModes(ObjIntConsumer<String> reader) throws IOException {
        try (Stream<String> lines = Files.lines(path)) {
            lines.filter(line -> line.startsWith(MODE)).forEach(line -> {
                String[] words = line.split(" ", 3);
                reader.accept(words[2], Integer.parseInt(words[1], 8));
            });
        }
    }

    void addModes(Map<String, Integer> modes) throws IOException {
        try (Additions additions = new Additions()) {
            for (Map.Entry<String, Integer> mode : modes.entrySet()) {
                additions.write(MODE + Integer.toOctalString(mode.getValue()) + " " + mode.getKey());
            }
        }
    }

    /** What each file was when the fence stood, as {@link #fact} has it. */
    void readFacts(Consumer<String> reader) throws IOException {
        long older = older();
        try (Stream<String> lines = Files.lines(path)) {
            lines.skip(older)
                    .filter(line -> line.startsWith(FACT))
                    .forEach(line -> reader.accept(line.substring(FACT.length())));
        }
    }

    /** How many lines there are up to where facts were last begun anew. */
    private long older() throws IOException {
        long[] lines = new long[2];
        try (Stream<String> all = Files.lines(path)) {
            all.forEachOrdered(line -> {
                lines[0]++;
                lines[1] = line.equals(ANEW) ? lines[0] : lines[1];
            });
        }
        return lines[1];
    }

    static String fact(Item file, String escapedName) {
        return file.size() + " " + file.stamp() + " " + escapedName;
    }

    static String nameOf(String fact) {
        return fact.substring(fact.lastIndexOf(' ') + 1);
    }

    /** In the place of those that are there. */
    Additions addFacts() throws IOException {
        Additions additions = new Additions();
        additions.write(ANEW);
        return additions;
    }

    /** Lines under way to the file's end; they are on the disk when it is closed. */
    final class Additions implements AutoCloseable {
        private final FileChannel channel;
        private final Writer text;

        private Additions() throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            text = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.US_ASCII));
        }

        void fact(String fact) throws IOException {
            write(FACT + fact);
        }

        private void write(String line) throws IOException {
            text.write(line + "\n");
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                text.flush();
                channel.force(true);
            }
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
