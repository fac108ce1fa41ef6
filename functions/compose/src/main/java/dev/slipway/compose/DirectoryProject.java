package dev.slipway.compose;

import dev.slipway.migration.exception.InvalidSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A folder on this machine, with its {@code .env}; the shell's variables go first, as in Docker Compose. */
final class DirectoryProject implements Project {
    private static final long MAX_BYTES = 4_000_000;

    private final Path directory;
    private final Function<String, Optional<String>> variables;

    DirectoryProject(Path directory, Map<String, String> shell) {
        this.directory = directory.toAbsolutePath().normalize();
        Function<String, Optional<String>> fromShell = name -> Optional.ofNullable(shell.get(name));
        Map<String, String> fromFile = readFile(this.directory.resolve(".env"))
                .map(text -> DotEnv.read(".env", text, fromShell))
                .orElse(Map.of());
        this.variables = name -> fromShell.apply(name).or(() -> Optional.ofNullable(fromFile.get(name)));
    }

    @Override
    public Optional<String> read(String path, Position at) {
        return readFile(resolve(path));
    }

    @Override
    public String absolute(String path) {
        return resolve(path).toString();
    }

    @Override
    public Optional<Function<String, Optional<String>>> variables() {
        return Optional.of(variables);
    }

    /** The text of a file of the project; empty where there is none. */
    Optional<String> readOwn(String name) {
        return readFile(directory.resolve(name));
    }

    private Path resolve(String path) {
        String home = variables.apply("HOME").orElse("~");
        return directory
                .resolve(path.startsWith("~") ? home + path.substring(1) : path)
                .normalize();
    }

    private static Optional<String> readFile(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(readSmall(file));
        } catch (CharacterCodingException e) {
            throw new InvalidSpec("read " + file, "it is not UTF-8 text", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new InvalidSpec(
                    "read " + file,
                    "it cannot be read (" + e.getClass().getSimpleName() + ")",
                    "allow it to be read",
                    e);
        }
    }

    private static String readSmall(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new InvalidSpec("read " + file, "it is larger than 4 MB", "check that this is the right file");
        }
        String text = Files.readString(file);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
