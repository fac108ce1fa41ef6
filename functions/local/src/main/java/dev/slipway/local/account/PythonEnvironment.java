package dev.slipway.local.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A virtual environment with all that its requirements name. */
public record PythonEnvironment(Path folder) {
    /** {@code lib/python3.13/site-packages/<package>/<installation>/bin/<tool>} */
    private static final int DEPTH_IN_A_PACKAGE = 7;

    /**
     * A program of the environment, such as {@code aws}. A wheel of a server keeps its programs inside its package, one folder
     * for each major version; then the newest is meant.
     */
    public Path bin(String tool) {
        Path usual = folder.resolve("bin").resolve(tool);
        if (Files.exists(usual)) {
            return usual;
        }
        try (Stream<Path> paths = Files.find(
                folder.resolve("lib"), DEPTH_IN_A_PACKAGE, (path, attributes) -> path.endsWith(Path.of("bin", tool)))) {
            return paths.max(Comparator.naturalOrder()).orElse(usual);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to find " + tool + " in " + folder, e);
        }
    }

    /** Where its packages lie, with the files that they bring. */
    public Path packages() {
        try (Stream<Path> paths = Files.find(folder.resolve("lib"), 2, (path, _) -> path.endsWith("site-packages"))) {
            return paths.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to find the packages of " + folder, e);
        }
    }
}
