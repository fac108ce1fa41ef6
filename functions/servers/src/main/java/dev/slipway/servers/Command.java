package dev.slipway.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A short command of the operating system. */
final class Command {
    private Command() {}

    static boolean succeeds(List<String> command) throws IOException {
        try {
            run(command, "");
            return true;
        } catch (CommandFailed e) {
            return false;
        }
    }

    /** Returns what the command printed. @throws CommandFailed with the same, if it ends with another code than 0 or does not exist */
    static String run(List<String> command, String input) throws IOException {
        Process process = begin(command);
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (await(process) != 0) {
            throw new CommandFailed(printed);
        }
        return printed;
    }

    private static Process begin(List<String> command) throws CommandFailed {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new CommandFailed(e.toString());
        }
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** The command did not end well. */
    static final class CommandFailed extends IOException {
        private static final long serialVersionUID = 1L;

        private final String printed;

        CommandFailed(String printed) {
            super(printed.strip());
            this.printed = printed;
        }

        String printed() {
            return printed;
        }
    }
}
