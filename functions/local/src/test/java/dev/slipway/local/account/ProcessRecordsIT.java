package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that is killed while it records a process must leave the record whole, or nobody removes it. */
class ProcessRecordsIT {
    private static final String RECORD_AGAIN_AND_AGAIN =
            "import os; from slipway_account import processes; [processes._record(os.getpid()) for _ in range(4000)]";

    @TempDir
    private Path run;

    @Test
    void areNeverSeenHalfWritten() throws IOException {
        Files.createDirectories(run.resolve("tmp"));
        Process recording = start();
        Path record = run.resolve("pids").resolve(Long.toString(recording.pid()));

        Set<String> seen = new HashSet<>();
        while (recording.isAlive()) {
            read(record, seen);
        }

        assertThat(recording.exitValue()).isZero();
        assertThat(seen).singleElement().asString().containsOnlyDigits();
    }

    private static void read(Path record, Set<String> seen) throws IOException {
        try {
            seen.add(Files.readString(record));
        } catch (NoSuchFileException e) {
            Thread.onSpinWait();
        }
    }

    private Process start() throws IOException {
        Path root = Path.of(System.getProperty("slipway.root"));
        Path plugin = root.resolve("functions/local/src/main/account");
        PythonEnvironment python = new PythonEnvironments(
                        root.resolve(".slipway"), plugin, System.getenv(), System.out::println)
                .ensure(PythonEnvironments.ACCOUNT);
        Map<String, String> environment =
                new HashMap<>(Map.of("SLIPWAY_RUN", run.toString(), "PYTHONPATH", plugin.toString()));
        for (String unused : List.of("SLIPWAY_JAVA", "SLIPWAY_RIC_CLASSPATH", "SLIPWAY_JSONATA_CLASSPATH")) {
            environment.put(unused, "unused");
        }
        ProcessBuilder builder =
                new ProcessBuilder(python.bin("python").toString(), "-c", RECORD_AGAIN_AND_AGAIN).inheritIO();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
