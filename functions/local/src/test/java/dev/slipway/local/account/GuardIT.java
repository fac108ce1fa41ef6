package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardIT {
    @TempDir
    private Path run;

    @Test
    void killsWhatIsNotedWhenItsOwnerIsKilled() throws IOException {
        Process owner = ownerOf("600");
        ProcessHandle noted = noted(owner);

        owner.destroyForcibly();

        assertThat(noted.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void leavesAlonePidsThatAnotherProcessGot() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Path note = Files.createDirectories(run.resolve("pids")).resolve(Long.toString(stranger.pid()));
            Files.writeString(note, "1\n");
            assertThat(note.toFile().setLastModified(System.currentTimeMillis() - 3_600_000))
                    .isTrue();
            Process owner = ownerOf("600");
            ProcessHandle noted = noted(owner);

            owner.destroyForcibly();

            assertThat(noted.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
            Await.until(() -> !Files.exists(note));
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void killsNothingWhenItIsClosed() throws IOException {
        Process owner = ownerOf("close");
        ProcessHandle noted = noted(owner);
        try {
            assertThat(owner.onExit()).succeedsWithin(20, TimeUnit.SECONDS);

            assertThat(noted.isAlive()).isTrue();
        } finally {
            noted.destroyForcibly();
        }
    }

    private Process ownerOf(String what) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardOwner.class.getName(),
                        System.getProperty("slipway.root"),
                        run.toString(),
                        what))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ProcessHandle noted(Process owner) throws IOException {
        BufferedReader said = owner.inputReader();
        return Optional.ofNullable(said.readLine())
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of)
                .orElseThrow();
    }
}
