package dev.slipway.compose.yaml;

import dev.slipway.migration.exception.InvalidSpec;
import org.jspecify.annotations.Nullable;

/** A place in a file; lines and columns count from 1, and 0 is none. */
public record Position(String file, int line, int column) {

    public Position(String file, int line) {
        this(file, line, 0);
    }

    public InvalidSpec invalid(String failed, String remedy) {
        return invalid(failed, remedy, null);
    }

    public InvalidSpec invalid(String failed, String remedy, @Nullable Throwable cause) {
        return new InvalidSpec("read " + this, failed, remedy, cause);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }
}
