package dev.slipway.redis;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.SlipwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A copy in a process of its own, which can be killed; what it prints, if anything, is why it failed. */
final class CopyProcess implements AutoCloseable {
    /** An option of the JVM, to be set to true: what a copy has made is compared. */
    static final String COMPARING = "slipway.comparing";

    private final Process process;
    private final Path printed;

    private CopyProcess(Process process, Path printed) {
        this.process = process;
        this.printed = printed;
    }

    /** @param options of the JVM */
    static CopyProcess start(StoreUrl source, StoreUrl target, Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(options));
        command.addAll(List.of(CopyProcess.class.getName(), source.reveal(), target.reveal()));
        Path printed = Files.createTempFile(folder, "copy", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return new CopyProcess(
                builder.redirectErrorStream(true)
                        .redirectOutput(printed.toFile())
                        .start(),
                printed);
    }

    public static void main(String[] arguments) {
        StoreUrl source = StoreUrl.parse(arguments[0]);
        StoreUrl target = StoreUrl.parse(arguments[1]);
        try {
            if (Boolean.getBoolean(COMPARING)) {
                System.exit(
                        new RedisEngine().compare(source, target, Progress.SILENT) instanceof Comparison.Same ? 0 : 1);
            }
            new RedisEngine().copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        } catch (SlipwayException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** By SIGSTOP: what it has open stays so. Whether it had not ended before. */
    boolean freeze() throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                        .start()
                        .waitFor()
                == 0;
    }

    /** By SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** How it ended. */
    int exit() throws InterruptedException {
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            throw new AssertionError("a copy has not ended within ten minutes");
        }
        return process.exitValue();
    }

    String printed() {
        try {
            return Files.readString(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
