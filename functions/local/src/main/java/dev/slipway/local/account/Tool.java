package dev.slipway.local.account;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command of the operating system that runs to its end, its output in a log. */
record Tool(List<String> command, Map<String, String> environment, Optional<Path> log, Duration limit) {
    /** What {@link #run()} answers if the command took longer than its limit and was killed. */
    static final int TOO_LONG = -1;

    static Tool of(List<String> command) {
        return new Tool(command, Map.of(), Optional.empty(), Duration.ofMinutes(1));
    }

    Tool environment(Map<String, String> environment) {
        return new Tool(command, environment, log, limit);
    }

    Tool log(Path log) {
        return new Tool(command, environment, Optional.of(log), limit);
    }

    Tool limit(Duration limit) {
        return new Tool(command, environment, log, limit);
    }

    /** @return the exit code */
    int run() throws IOException {
        Redirect output = log.map(file -> Redirect.appendTo(file.toFile())).orElse(Redirect.DISCARD);
        Process process = builder(command, environment)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return TOO_LONG;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.getFirst() + " ran");
        }
    }

    /** A command's environment is ours without what would send it to another account, proxy or Python. */
    static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(Tool::misleads);
        builder.environment().putAll(environment);
        return builder;
    }

    /** The last line after the first {@code begin} bytes of a log that has the quality: what a person wants to read first. */
    static Optional<String> lastLine(Path log, long begin, Predicate<String> quality) throws IOException {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(log);
        int from = (int) Math.min(begin, bytes.length);
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .filter(quality)
                .reduce((a, b) -> b);
    }

    private static boolean misleads(String name) {
        return name.startsWith("AWS_")
                || name.startsWith("SAM_")
                || name.startsWith("PYTHON")
                || name.startsWith("LOCALSTACK_")
                || name.startsWith("PROVIDER_OVERRIDE_")
                || name.equals("VIRTUAL_ENV")
                || name.equals("JAVA_TOOL_OPTIONS")
                || name.equals("DEBUG");
    }
}
