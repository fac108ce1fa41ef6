package dev.slipway.local.account;

import dev.slipway.migration.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The project's own Python environments, each made once from pinned and hashed requirements and used until these change. */
public final class PythonEnvironments {
    /** The emulated account; its {@code aws} too. */
    public static final String ACCOUNT = "account";
    /** {@code sam} and {@code cfn-lint}. */
    public static final String SAM = "sam";
    /** {@code checkov}, the second linter of targets. */
    public static final String CHECKOV = "checkov";
    /** {@code pg_dump}, {@code pg_restore} and {@code psql}. */
    public static final String POSTGRES = "postgres";
    /** {@code redis-cli}. */
    public static final String REDIS = "redis";
    /** {@code node} and {@code npm}, for the linter of machines. */
    public static final String LINT = "lint";

    // LocalStack uses the standard library of 3.13, whatever its metadata says.
    private static final List<String> VERSIONS = List.of("3.13");
    // Redis's tools come as a wheel for 3.12 only; with 3.13 they are compiled.
    private static final List<String> VERSIONS_FOR_REDIS = List.of("3.12", "3.13");
    private static final Duration LIMIT = Duration.ofMinutes(15);
    // Two threads of one process cannot wait for each other by a file's lock.
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final Path folder;
    private final Path requirements;
    private final Map<String, String> env;
    private final Consumer<String> progress;

    /**
     * @param slipwayFolder the checkout's {@code .slipway}
     * @param requirements the folder with {@code requirements-<name>.txt}
     * @param env the process's environment, in which a Python is looked for where one is needed
     * @param progress told a line when something is installed, which takes a minute
     */
    public PythonEnvironments(
            Path slipwayFolder, Path requirements, Map<String, String> env, Consumer<String> progress) {
        this.folder = slipwayFolder.toAbsolutePath().normalize().resolve("python");
        this.requirements = requirements.toAbsolutePath();
        this.env = Map.copyOf(env);
        this.progress = progress;
    }

    /**
     * The environment of this name, made if it is not there. Safe to call from several threads and processes.
     *
     * @throws AccountFailed if it cannot be made; the line names the log
     */
    public PythonEnvironment ensure(String name) {
        Path file = requirements.resolve("requirements-" + name + ".txt");
        try {
            Path home = folder.resolve(
                    name + "-" + Sha256.hex(Files.readAllBytes(file)).substring(0, 12));
            if (!isReady(home)) {
                makeAlone(name, home, file);
            }
            return new PythonEnvironment(home);
        } catch (IOException e) {
            throw new AccountFailed("make the Python environment " + name, e.toString(), "see " + folder, e);
        }
    }

    private void makeAlone(String name, Path home, Path file) throws IOException {
        Files.createDirectories(folder);
        ReentrantLock lock = LOCKS.computeIfAbsent(home, path -> new ReentrantLock());
        lock.lock();
        try (FileChannel channel = FileChannel.open(
                        home.resolveSibling(home.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!isReady(home)) {
                make(name, home, file);
            }
        } finally {
            lock.unlock();
        }
    }

    private void make(String name, Path home, Path file) throws IOException {
        progress.accept("Installing Python packages for " + name + " into " + home);
        Path python = PythonHome.find(env, name.equals(REDIS) ? VERSIONS_FOR_REDIS : VERSIONS);
        deleteTree(home);
        Files.createDirectories(home);
        Path log = home.resolve("install.log");
        run(name, log, List.of(python.toString(), "-I", "-m", "venv", home.toString()));
        run(
                name,
                log,
                List.of(
                        home.resolve("bin/python").toString(),
                        "-I",
                        "-m",
                        "pip",
                        "install",
                        "--disable-pip-version-check",
                        "--no-input",
                        "--require-hashes",
                        "--no-compile",
                        "-r",
                        file.toString()));
        Files.writeString(marker(home), home.toString());
    }

    private static void run(String name, Path log, List<String> command) throws IOException {
        int code = Tool.of(command).log(log).limit(LIMIT).run();
        if (code != 0) {
            String reason = Tool.lastLine(log, 0, line -> line.startsWith("ERROR") || line.startsWith("Error"))
                    .orElse(code == Tool.TOO_LONG ? "it took longer than " + LIMIT : "it ended with " + code);
            throw new AccountFailed("install the Python packages for " + name, reason, "read " + log);
        }
    }

    /** Programs of an environment name its folder in their first line: a checkout that was moved has none that runs. */
    private static boolean isReady(Path home) throws IOException {
        return Files.exists(marker(home))
                && Files.readString(marker(home)).equals(home.toString())
                && Files.isExecutable(home.resolve("bin/python"));
    }

    private static Path marker(Path home) {
        return home.resolve("ready");
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder()).forEach(PythonEnvironments::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
