package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.exception.InvalidSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files of an app; one that is huge is none of them. */
public final class SourceFiles {
    private static final long MAX_BYTES = 6_000_000;
    private static final String BOM = "\uFEFF";

    private final Path root;

    /** @param root the app's folder, from which files are named in what is said */
    public SourceFiles(Path root) {
        this.root = root;
    }

    /** What a file is called in what is said. */
    public String name(Path file) {
        return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
    }

    /** @throws InvalidSpec naming the file, and where it is asked for if it is not there */
    public String read(Path file, Position at) {
        if (Files.isDirectory(file)) {
            throw at.invalid(name(file) + " is a folder", "name a file");
        }
        if (!Files.isRegularFile(file)) {
            throw at.invalid(name(file) + " does not exist", "create it, or correct its path");
        }
        return read(file);
    }

    private String read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidSpec(
                        "read " + name(file), "it is larger than 6 MB", "check that this is the right file");
            }
            String text = Files.readString(file);
            return text.startsWith(BOM) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidSpec("read " + name(file), "it is not UTF-8 text", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new InvalidSpec(
                    "read " + name(file),
                    "it cannot be read (" + e.getClass().getSimpleName() + ")",
                    "allow it to be read",
                    e);
        }
    }
}
