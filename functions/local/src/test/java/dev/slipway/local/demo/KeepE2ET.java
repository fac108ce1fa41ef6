package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person uses it: kept running, asked by the commands that it prints, and ended by Ctrl-C. */
@Tag("battery")
class KeepE2ET {
    private static final Pattern EXPORT = Pattern.compile("(?m)^ {2}export (\\w+)=(.*)$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {2}(aws stepfunctions start-execution .*)$");
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir
    Path folder;

    @Test
    void anExecutionByHandDoesTheSame() throws Exception {
        Path output = folder.resolve("output");
        Process demo = new ProcessBuilder(
                        Checkout.current().root().resolve("slipway").toString(), "demo", "--rows", "3000", "--keep")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await(() -> text(output).contains("Ctrl-C ends it.") || !demo.isAlive());
            assertThat(text(output))
                    .contains("Complete: crp-preschool runs on the target")
                    .contains("Ctrl-C ends it.");
            String execution = firstQuoted(shell(output, find(COMMAND, text(output))));
            await(() -> !describe(output, execution, "status").equals("RUNNING"));
            assertThat(describe(output, execution, "status")).isEqualTo("SUCCEEDED");
            List<ProcessHandle> started = demo.descendants().toList();
            assertThat(started).isNotEmpty();
            demo.destroy();
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
            await(() -> started.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    private String describe(Path output, String execution, String field) {
        return shell(
                        output,
                        "aws stepfunctions describe-execution --output text --query " + field + " --execution-arn "
                                + execution)
                .strip();
    }

    /** Runs a command with what the demo told to export. */
    private String shell(Path output, String command) {
        Map<String, String> exported = new TreeMap<>();
        Matcher matcher = EXPORT.matcher(text(output));
        while (matcher.find()) {
            exported.put(matcher.group(1), matcher.group(2).replace("$PATH", System.getenv("PATH")));
        }
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
        builder.environment().putAll(exported);
        try {
            return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String firstQuoted(String json) {
        return Stream.of(json.split("\"", -1))
                .filter(part -> part.startsWith("arn:"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(json));
    }

    private static String find(Pattern pattern, String text) {
        return Optional.of(pattern.matcher(text))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError(text));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(Supplier<Boolean> condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.get()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(1_000);
        }
    }
}
