package dev.slipway.compose.model;

import java.nio.file.Path;

/** Paths as text: those of containers, and those of this machine. */
final class FilePaths {
    private FilePaths() {}

    /** Without doubled slashes, dots and a slash at its end. */
    static String clean(String path) {
        if (path.isEmpty() || path.contains("${")) {
            return path;
        }
        String clean = Path.of(path).normalize().toString();
        return clean.isEmpty() ? "." : clean;
    }

    /** Whether Docker Compose would fetch it: from a repository, a registry or a site. */
    static boolean isRemote(String path) {
        return path.matches("(?s)[A-Za-z0-9+.-]+://.*|git@.*|github\\.com/.*");
    }

    static boolean isWindows(String path) {
        return path.matches("(?s)\\p{Alpha}:[\\\\/].*|\\\\\\\\.*");
    }
}
