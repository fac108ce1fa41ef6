package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server's process that does not outlive this one, with a file named by its pid while it runs. */
final class ServerProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;
    private final Path pidFile;

    private ServerProcess(Process process, Path pidFile) {
        this.process = process;
        this.pidFile = pidFile;
    }

    /**
     * Starts the command in the folder, both outputs appended to the log.
     *
     * @param pids where the file named by the pid is written; its content is the command's first word
     */
    static ServerProcess start(List<String> command, Path folder, Path log, Path pids) throws IOException {
        return start(command, Map.of(), folder, log, pids);
    }

    /** @param environment what the server gets beside this process's own */
    static ServerProcess start(List<String> command, Map<String, String> environment, Path folder, Path log, Path pids)
            throws IOException {
        Files.createDirectories(pids);
        ProcessBuilder builder = new ProcessBuilder(apartFromTheTerminal(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            Path pidFile = Files.writeString(pids.resolve(Long.toString(process.pid())), command.getFirst() + "\n");
            endWithThisProcess(process, pidFile);
            return new ServerProcess(process, pidFile);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the server to end, and kills it where it has not within the time given. */
    void stop(Duration patience) {
        process.destroy();
        if (!ended(patience)) {
            kill();
        }
        forget();
    }

    /** Ends the server at once, as a crash would, and returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        ended(Duration.ofSeconds(30));
        forget();
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void forget() {
        pidFile.toFile().delete();
    }

    /** Ctrl-C reaches the terminal's whole process group, and a server must live until the rollback has used it. */
    private static List<String> apartFromTheTerminal(List<String> command) {
        List<String> words = new ArrayList<>(command);
        if (Files.isExecutable(SETSID)) {
            words.addFirst(SETSID.toString());
        }
        return words;
    }

    /**
     * No shutdown hook runs after SIGKILL, so a shell waits on a pipe that only this process holds open: when the pipe breaks,
     * this process is gone, however it went. The shell ends with the server, lest it kill a later process of the same pid.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void endWithThisProcess(Process server, Path pidFile) throws IOException {
        String script = "trap '' INT HUP TERM; read -r never; kill -KILL \"$1\"; rm -f \"$2\"";
        Process guard = new ProcessBuilder(apartFromTheTerminal(
                        List.of("/bin/sh", "-c", script, "guard", Long.toString(server.pid()), pidFile.toString())))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        server.onExit().thenRun(guard::destroyForcibly);
    }
}
