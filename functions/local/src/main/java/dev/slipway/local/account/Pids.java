package dev.slipway.local.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The folder of a run in which each process is noted by a file that its pid names. */
record Pids(Path folder) {
    // The clock that stamps files ticks coarser than the one that stamps processes.
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    static Pids in(Path run) {
        return new Pids(run.resolve("pids"));
    }

    void record(long pid) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file(pid), "account\n");
    }

    void forget(long pid) {
        file(pid).toFile().delete();
    }

    /** Functions and tasks: the plugin notes them by the time they started, a number. */
    void killChildrenOfAccount() {
        List<ProcessHandle> children = recorded()
                .filter(this::isOfAccount)
                .flatMap(pid -> running(pid).stream())
                .toList();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(Pids::awaitEnd);
        recorded().filter(this::isOfAccount).forEach(this::forget);
    }

    private Stream<Long> recorded() {
        String[] names = folder.toFile().list();
        return names == null
                ? Stream.empty()
                : Stream.of(names).filter(name -> name.matches("\\d+")).map(Long::valueOf);
    }

    private boolean isOfAccount(long pid) {
        try {
            return Files.readString(file(pid)).strip().matches("\\d+");
        } catch (IOException e) {
            return false;
        }
    }

    /** The process that was noted: one that started after its note was written is another that got the same pid. */
    private Optional<ProcessHandle> running(long pid) {
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> start.isBefore(noted(pid).plus(CLOCKS)))
                        .orElse(false));
    }

    private Instant noted(long pid) {
        try {
            return Files.getLastModifiedTime(file(pid)).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(long pid) {
        return folder.resolve(Long.toString(pid));
    }

    private static void awaitEnd(ProcessHandle process) {
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    }
}
