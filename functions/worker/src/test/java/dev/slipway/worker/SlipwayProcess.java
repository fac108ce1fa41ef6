package dev.slipway.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command line in a process of its own, which can be killed or stopped where it is. */
final class SlipwayProcess implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 4;

    private final Process process;
    private final Path out;
    private final Path err;
    private final String verb;

    private SlipwayProcess(Process process, Path out, Path err, String verb) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.verb = verb;
    }

    /**
     * @param folder for what it prints
     * @param environment what it gets beside this process's own
     */
    static SlipwayProcess start(Path folder, List<String> arguments, Map<String, String> environment)
            throws IOException {
        Path out = Files.createTempFile(folder, arguments.getFirst(), ".out");
        Path err = Files.createTempFile(folder, arguments.getFirst(), ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                SlipwayCommand.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return new SlipwayProcess(
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(),
                out,
                err,
                arguments.getFirst());
    }

    boolean wasNotKilled() {
        return process.exitValue() <= ExitCode.NOT_DONE;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** As the machine's own killer would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP: it does nothing any more, and nobody is told. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }

    /** @return what the process ended with */
    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError(verb + " does not end: " + said());
        }
        return process.exitValue();
    }

    String verb() {
        return verb;
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    String said() {
        return verb + ": " + out().strip() + " " + err().strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
