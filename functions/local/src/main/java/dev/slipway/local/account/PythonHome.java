package dev.slipway.local.account;

import dev.slipway.migration.exception.InvalidInput;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Finds a Python for the emulated account: on the PATH, and where version managers keep theirs. */
public final class PythonHome {
    private static final List<String> VERSION_MANAGERS = List.of(
            ".pyenv/versions",
            ".local/share/uv/python",
            ".asdf/installs/python",
            ".local/share/mise/installs/python",
            ".local/share/rtx/installs/python");
    // A version manager's shim is executable even where no version is chosen, so the only proof is to run it.
    private static final String PROOF =
            "import ensurepip, ssl, sys, venv; sys.exit('%d.%d' % sys.version_info[:2] != sys.argv[1])";

    private PythonHome() {}

    /**
     * A Python of one of the versions that can make virtual environments.
     *
     * @param env the process's environment: {@code PATH}, {@code HOME} and {@code PYENV_ROOT} are read
     * @param versions such as 3.13, the best one first
     * @throws InvalidInput if there is none
     */
    public static Path find(Map<String, String> env, List<String> versions) {
        return find(env, versions, PythonHome::works);
    }

    static Path find(Map<String, String> env, List<String> versions, BiPredicate<Path, String> works) {
        return versions.stream()
                .flatMap(version -> candidates(env, version).filter(python -> works.test(python, version)))
                .findFirst()
                .orElseThrow(() -> missing(versions));
    }

    private static InvalidInput missing(List<String> versions) {
        return new InvalidInput(
                "find Python " + String.join(" or ", versions) + " for the emulated account",
                "the PATH and the usual folders of pyenv, uv, asdf and mise hold none",
                "install python" + versions.getFirst() + " with its venv module and run this again");
    }

    private static Stream<Path> candidates(Map<String, String> env, String version) {
        return Stream.of("python" + version, "python3")
                .flatMap(name -> folders(env).map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable);
    }

    private static Stream<Path> folders(Map<String, String> env) {
        Stream<Path> path = Stream.of(env.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
        Stream<Path> roots =
                Optional.ofNullable(env.get("HOME")).map(Path::of).stream().flatMap(PythonHome::underHome);
        Stream<Path> pyenv = Optional.ofNullable(env.get("PYENV_ROOT")).map(root -> Path.of(root, "versions")).stream();
        Stream<Path> usual =
                Stream.of("/usr/local/bin", "/opt/homebrew/bin", "/usr/bin").map(Path::of);
        return Stream.of(path, Stream.concat(pyenv, roots).flatMap(PythonHome::versions), usual)
                .flatMap(folders -> folders);
    }

    private static Stream<Path> underHome(Path home) {
        return VERSION_MANAGERS.stream().map(home::resolve);
    }

    private static Stream<Path> versions(Path root) {
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(root)) {
            return versions.sorted().map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean works(Path python, String version) {
        try {
            return Tool.of(List.of(python.toString(), "-I", "-c", PROOF, version))
                            .limit(Duration.ofSeconds(20))
                            .run()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
