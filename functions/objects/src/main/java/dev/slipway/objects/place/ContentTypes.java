package dev.slipway.objects.place;

import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Guesses a content type by the file name's ending, after the table {@code content-types.properties} and what a user adds to it. The
 * machine's own table is not asked: two machines would guess otherwise.
 */
public final class ContentTypes {
    public static final String UNKNOWN = "application/octet-stream";
    public static final ContentTypes BUILT_IN = new ContentTypes(builtIn());

    private final Map<String, String> byEnding;

    private ContentTypes(Map<String, String> byEnding) {
        this.byEnding = Map.copyOf(byEnding);
    }

    public String of(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 1 ? UNKNOWN : byEnding.getOrDefault(ending(name.substring(dot + 1)), UNKNOWN);
    }

    /**
     * With what a file says in the form of {@code /etc/mime.types}: a type and its endings in each line, and notes after a {@code #}.
     *
     * @throws InvalidInput if it cannot be read, or is of another form
     */
    public ContentTypes with(Path table) {
        Map<String, String> all = new HashMap<>(byEnding);
        try {
            List<String> lines = Files.readAllLines(table);
            for (int i = 0; i < lines.size(); i++) {
                add(lines.get(i), all, table, i + 1);
            }
        } catch (IOException e) {
            throw new InvalidInput(
                    "read the content types in " + table,
                    "it failed (" + e.getClass().getSimpleName() + ")",
                    "name a file of the form of /etc/mime.types after ?types=",
                    e);
        }
        return new ContentTypes(all);
    }

    private static void add(String line, Map<String, String> all, Path table, int number) {
        String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
        if (!words[0].isEmpty() && !words[0].matches("[^/;]+/[^/;]+(;.*)?")) {
            throw new InvalidInput(
                    "read the content types in " + table,
                    "line " + number + " does not begin with a type",
                    "write a type such as text/html and then its endings in each line");
        }
        for (int i = 1; i < words.length; i++) {
            all.put(ending(words[i]), words[0]);
        }
    }

    private static String ending(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> builtIn() {
        Properties table = new Properties();
        try (InputStream in =
                Objects.requireNonNull(ContentTypes.class.getResourceAsStream("content-types.properties"))) {
            table.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> types = new HashMap<>();
        table.stringPropertyNames().forEach(ending -> types.put(ending, table.getProperty(ending)));
        return types;
    }
}
