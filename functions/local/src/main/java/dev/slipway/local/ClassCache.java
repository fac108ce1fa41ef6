package dev.slipway.local;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.exception.DeployFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A cache of loaded and linked classes for the JVMs that stand for containers (https://openjdk.org/jeps/514). A migration starts some
 * twenty of them, and without it each spends most of its processor time on loading classes.
 */
public final class ClassCache {
    private static final List<String> COMPILERS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int TRAINING_SECONDS = 120;
    private static final int NAME_DIGITS = 12;

    private final String classPath;
    private final Path cache;

    private ClassCache(String classPath, Path cache) {
        this.classPath = classPath;
        this.cache = cache;
    }

    public static ClassCache of(Checkout checkout) {
        String classPath = checkout.classPath();
        return new ClassCache(classPath, checkout.cache().resolve("classes-" + fingerprint(classPath) + ".aot"));
    }

    /** The command that starts a class of this checkout; with the cache, where it was made. */
    public List<String> command(List<String> flags, String main) {
        List<String> command = new ArrayList<>();
        command.add(Checkout.java().toString());
        command.addAll(COMPILERS);
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable"));
        }
        command.addAll(flags);
        command.addAll(List.of("@" + arguments(), main));
        return List.copyOf(command);
    }

    /**
     * Makes it where there is none that fits, which takes some seconds, and removes those of earlier builds.
     *
     * @param training a class whose main method does what is to be cached; it is given a folder to work in
     */
    public void ensure(Class<?> training, Map<String, String> environment, RunFolder run) throws IOException {
        if (Files.exists(cache)) {
            return;
        }
        Files.createDirectories(cache.resolveSibling(""));
        removeOthers();
        Files.writeString(arguments(), "-cp \"" + classPath + "\"\n");
        Path part = cache.resolveSibling(
                cache.getFileName() + "." + ProcessHandle.current().pid());
        try {
            train(part, training, environment, run);
            Files.move(part, cache, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The class path in a file: an operating system shows no more of a command line than a page. */
    private Path arguments() {
        return cache.resolveSibling(cache.getFileName().toString().replace(".aot", ".args"));
    }

    private void train(Path part, Class<?> training, Map<String, String> environment, RunFolder run)
            throws IOException {
        Path folder = Files.createDirectories(run.path().resolve("training"));
        Path log = run.logs().resolve("training-of-classes.log");
        List<String> command = new ArrayList<>(command(
                List.of("-XX:AOTCacheOutput=" + part, "-Dslipway.root=" + System.getProperty("slipway.root")),
                training.getName()));
        command.add(folder.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        await(builder.start(), part, log);
    }

    private static void await(Process training, Path part, Path log) throws IOException {
        try {
            boolean ended = training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS);
            if (!ended || training.exitValue() != 0 || !Files.exists(part)) {
                throw new DeployFailed(
                        "make a cache of classes", "the JVM did not write it", "read " + log + " and start again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a cache of classes was made", e);
        } finally {
            training.descendants().forEach(ProcessHandle::destroyForcibly);
            training.destroyForcibly();
        }
    }

    private void removeOthers() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolveSibling(""))) {
            for (Path file : files.filter(this::isAnothers).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isAnothers(Path file) {
        return file.getFileName().toString().matches("classes-[0-9a-f]+\\.(aot|args)")
                && !file.equals(cache)
                && !file.equals(arguments());
    }

    /** A JVM refuses a cache that another JDK made, or of jars of another size or time. */
    private static String fingerprint(String classPath) {
        StringBuilder madeOf = new StringBuilder(Checkout.java().toString());
        for (String jar : classPath.split(":", -1)) {
            Path path = Path.of(jar);
            try {
                madeOf.append(jar).append(Files.size(path)).append(Files.getLastModifiedTime(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Sha256.hex(madeOf.toString().getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS);
    }
}
