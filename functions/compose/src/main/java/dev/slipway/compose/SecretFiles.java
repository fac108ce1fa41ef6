package dev.slipway.compose;

import dev.slipway.compose.yaml.Position;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files that hold secrets. */
final class SecretFiles {
    private static final long MAX_BYTES = 64 << 10;

    private SecretFiles() {}

    static String read(String name, String path, Position at) {
        Path file = Path.of(path);
        if (!Files.isRegularFile(file)) {
            throw at.invalid(
                    "the secret '" + name + "' names a file that does not exist (" + file.getFileName() + ")",
                    "create it");
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw at.invalid("the secret '" + name + "' is larger than 64 KiB", "name another file");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw at.invalid("the secret '" + name + "' is not UTF-8 text", "save it as UTF-8", e);
        } catch (IOException e) {
            throw at.invalid("the file of the secret '" + name + "' cannot be read", "allow it to be read", e);
        }
    }
}
