package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final CommandRun command = new CommandRun();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), """
                name: shop
                services:
                  web: {image: "nginx:${TAG:-1}", command: echo $$HOME}
                  debug: {image: busybox, profiles: [debug]}
                """);
        Files.writeString(folder.resolve("more.yaml"), "services: {web: {ports: ['80:80']}}\n");
        Files.writeString(folder.resolve("other.env"), "TAG=2\n");
    }

    @Test
    void printsACompleteComposeFile() {
        assertThat(command.run("config", folder.toString())).as(command.err()).isZero();
        assertThat(command.out()).contains("image: nginx:1\n", "- $$HOME\n").doesNotContain("busybox");
    }

    @Test
    void printsTheModelOfAllThatIsNamed() {
        String file = folder.resolve("compose.yaml").toString();
        String more = folder.resolve("more.yaml").toString();
        String env = folder.resolve("other.env").toString();
        assertThat(command.run("config", file, "-f", more, "--profile", "debug", "--env-file", env, "--json"))
                .as(command.err())
                .isZero();
        assertThat(command.out())
                .contains("\"nginx:2\"", "\"busybox\"", "\"$HOME\"", "\"published\" : \"80\"", "\"target\" : 80");
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        command.refused("there is no such folder or file", "name the folder of its compose file", "config", "/no/such");
        Files.writeString(folder.resolve("compose.yaml"), "services:\n  web:\n    imag: nginx\n");
        command.refused(
                "compose.yaml:3:5 but 'services.web.imag' is no key of the Compose Specification",
                "correct its name, or begin it with 'x-'",
                "config",
                folder.toString());
        Files.writeString(folder.resolve("compose.yaml"), "services: {web: {image: [nginx]}}\n");
        command.refused(
                "compose.yaml:1:18 but 'services.web.image' is not as", "correct it", "config", folder.toString());
    }
}
