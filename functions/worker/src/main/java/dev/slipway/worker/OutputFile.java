package dev.slipway.worker;

import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A file that a command writes where a person says. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Writes it in UTF-8.
     *
     * @param what it is, e.g. {@code the plan of shop}
     * @return a line that says so
     * @throws InvalidInput if it cannot be written there
     */
    static String write(Path file, String text, String what, OpenOption... options) {
        try {
            Files.writeString(file, text, options);
            return "Wrote " + what + " to " + file;
        } catch (IOException e) {
            throw new InvalidInput(
                    "write " + what + " to " + file,
                    Files.isDirectory(file) ? "it is a folder" : "the file system refuses it (" + reason(e) + ")",
                    "name a file in a folder that exists and can be written to");
        }
    }

    private static String reason(IOException failure) {
        return failure.getClass().getSimpleName().replace("Exception", "");
    }
}
