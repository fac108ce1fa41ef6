package dev.slipway.local.account;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Outlives this process by a moment, and kills what the run's {@code pids} folder notes if this process died without closing it. */
public final class Guard implements AutoCloseable {
    private final Process process;

    private Guard(Process process) {
        this.process = process;
    }

    /** Starts a guard of the run; nothing that it watches for is lost before it is up, as it reads the folder at the end. */
    public static Guard start(PythonEnvironment python, Path run) throws IOException {
        Path folder = run.toAbsolutePath().resolve("pids");
        Process process = Tool.builder(
                        List.of(python.bin("python").toString(), "-I", "-S", "-c", script(), folder.toString()),
                        Map.of())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return new Guard(process);
    }

    public long pid() {
        return process.pid();
    }

    void awaitEnd() {
        process.onExit().join();
    }

    /** Ends the guard; nothing is killed. */
    @Override
    public void close() throws IOException {
        try (var pipe = process.getOutputStream()) {
            pipe.write('\n');
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String script() throws IOException {
        try (InputStream script = Objects.requireNonNull(Guard.class.getResourceAsStream("guard.py"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
