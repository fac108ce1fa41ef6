package dev.slipway.compose.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which files to read, and how: what Docker Compose takes from its command line and its environment.
 *
 * @param folder from which paths are seen
 * @param files in the order in which one is laid over the other; empty for those with the names that Docker Compose looks for
 * @param profiles those that are started too
 * @param envFiles empty for the folder's {@code .env}
 * @param shell variables that go before those of files
 */
public record ComposeRequest(
        Path folder, List<Path> files, List<String> profiles, List<Path> envFiles, Map<String, String> shell) {
    public ComposeRequest {
        folder = folder.toAbsolutePath().normalize();
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
        envFiles = List.copyOf(envFiles);
        shell = Map.copyOf(shell);
    }

    public static ComposeRequest of(Path folder) {
        return new ComposeRequest(folder, List.of(), List.of(), List.of(), Map.of());
    }
}
