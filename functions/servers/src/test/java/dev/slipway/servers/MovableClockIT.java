package dev.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovableClockIT {
    private static final int SECONDS_THAT_A_SLOW_MACHINE_TAKES = 60;

    @TempDir
    Path folder;

    @Test
    void movesTheTimeOfDayOfAServerThatRunsAndPutsItRightAgain() throws Exception {
        Optional<Path> library = MovableClock.library(Path.of(System.getProperty("slipway.root")));
        assumeTrue(library.isPresent(), "libfaketime is not there: functions/servers/fetch-libfaketime says why");
        MovableClock clock = MovableClock.make(library.orElseThrow(), folder.resolve("clock"));
        RedisServer.Place place = new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve("data"),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                List.of());
        try (RedisServer server = RedisServer.start(place.environment(clock.environment()))) {
            for (Duration by : List.of(Duration.ofHours(2), Duration.ofMinutes(-5), Duration.ZERO)) {
                clock.move(by);
                assertThat(Duration.between(Instant.now(), time(server)).toSeconds())
                        .isCloseTo(by.toSeconds(), within((long) SECONDS_THAT_A_SLOW_MACHINE_TAKES));
            }
        }
    }

    private static Instant time(RedisServer server) throws IOException {
        return Instant.ofEpochSecond(
                Long.parseLong(say(server, "TIME").lines().toList().get(2)));
    }

    private static String say(RedisServer server, String command) throws IOException {
        try (Socket socket = new Socket(server.address(), server.port())) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
