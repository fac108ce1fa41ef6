package dev.slipway.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong in compose files is told in one line that says where and what to do. */
class ComposeBadInputsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path app;

    private final CommandRun command = new CommandRun();

    @BeforeEach
    void create() throws IOException {
        app = Files.createDirectory(folder.resolve("app"));
        write("outside.yaml", "services: {base: {image: nginx}}\n");
        write("outside.env", "COLOUR=green\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // Broken YAML.
                "services:~  web: {image: nginx|:3:1|it is not YAML|correct the line, its indentation first",
                "services:~  web:~   image: nginx~    build: .|:4:|it is not YAML|correct the line, its indentation first",
                "services:~\tweb: {}|:2:|it is not YAML|correct the line, its indentation first",
                "services: [web]|:1:1|is not as the Compose Specification has it|correct it",
                "just a text|:1:1|its top level is a single value|write keys followed by a colon",
                "services: {web: {image: nginx}, web: {image: nginx}}|:1:33|'web' stands there twice|remove one of them",
                // A circle.
                "services: {web: {image: x, extends: api}, api: {extends: web}}|:1:|extends itself|break the circle",
                "services: {web: {image: x, extends: web}}|:1:|extends itself|break the circle",
                "include: [compose.yaml]|:1:11|includes itself|break the circle",
                "services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}|:1:|a -> b -> a|remove one of the dependencies",
                "a: &a {b: *a}|:1:|an alias refers to what it stands in|break the circle",
                // What is not there.
                "services: {web: {image: `nginx:${TAG:?say which}`}}|:1:25|TAG is not set (say which)|set TAG in .env",
                "services: {web: {image: nginx, volumes: [`data:/data`]}}|:1:42|refers to 'data', which 'volumes' does not define|define it under 'volumes:', or correct its name",
                "services: {web: {image: nginx, networks: [back]}}|:1:|refers to 'back', which 'networks' does not define|define it under 'networks:', or correct its name",
                "services: {web: {image: nginx, depends_on: [db]}}|:1:|depends on 'db', which is not defined|define it, or correct its name",
                "services: {web: {extends: {file: gone.yaml, service: web}}}|:1:|gone.yaml does not exist|create it, or correct its path",
                "services: {web: {image: nginx, env_file: gone.env}}|:1:|gone.env does not exist|create it, or correct its path",
                "include: [gone.yaml]|:1:|gone.yaml does not exist|create it, or correct its path",
                // Ports.
                "services: {web: {image: nginx, ports: [`70000:80`]}}|:1:40|'70000:80' is no port or range from 0 to 65535|write HOST:CONTAINER, such as \"8080:80\"",
                "services: {web: {image: nginx, ports: [`80:65536`]}}|:1:40|'80:65536' is no port or range from 0 to 65535|write HOST:CONTAINER, such as \"8080:80\"",
                "services: {web: {image: nginx, ports: [`90-80:80`]}}|:1:40|ends before it begins|write the lower port first",
                // What would be fetched.
                "include: [`https://user:s3cr3t@example.com/app.git`]|:1:11|names a remote file, and nothing is fetched|fetch that file, and name your copy",
                "include: [`oci://example.com/app:1`]|:1:11|names a remote file, and nothing is fetched|fetch that file, and name your copy",
                "include: [{path: [`git@example.com:app.git`]}]|:1:|names a remote file, and nothing is fetched|fetch that file, and name your copy",
                "services: {web: {extends: {file: `github.com/a/b`, service: web}}}|:1:|names a remote file, and nothing is fetched|fetch that file, and name your copy",
            })
    void areTold(String compose, String place, String why, String remedy) throws IOException {
        write("app/compose.yaml", compose.replace('~', '\n').replace('`', '"') + "\n");
        refused(place, why, remedy, "config");
        refused(place, why, remedy, "plan");
        assertThat(command.err()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "`80:80`|`80:8080`|80/tcp",
                "`80:80`|`127.0.0.1:80:80`|80/tcp",
                "`0.0.0.0:53:53/udp`|`10.0.0.1:53:53/udp`|53/udp",
                "`8000-8002:8000-8002`|`8002:1`|8002/tcp",
                "{target: 1, published: `81`}|`81:81`|81/tcp",
            })
    void refusesAPlanOfTwoServicesOnOnePort(String one, String other, String port) throws IOException {
        twoServices(one, other);
        refused(
                "compose.yaml:3:31",
                "the services 'one' (compose.yaml:2:31) and 'two' publish the same port " + port,
                "let one of them publish another",
                "plan");
        assertThat(command.run("config", app.toString())).as(command.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "`80:80`|`80:80/udp`",
                "`127.0.0.1:80:80`|`127.0.0.2:80:80`",
                "`[::]:80:80`|`127.0.0.1:80:80`",
                "`8000-8002:80`|`8000-8002:80`",
                "80|80",
            })
    void plansServicesOnPortsThatOnlyLookAlike(String one, String other) throws IOException {
        twoServices(one, other);
        assertThat(command.run("plan", app.toString())).as(command.err()).isZero();
    }

    @Test
    void aBombOfAliases() throws IOException {
        write(
                "app/compose.yaml",
                "x-a0: &a0 [x, x]\n"
                        + IntStream.rangeClosed(1, 40)
                                .mapToObj(i -> "x-a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
                                .collect(Collectors.joining()));
        refused(":", "its aliases add more than", "use fewer aliases", "plan");
    }

    @Test
    void whatIsNestedBeyondReason() throws IOException {
        write("app/compose.yaml", "services: {web: {image: x, x-a: " + "[".repeat(50_000) + "]".repeat(50_000) + "}}");
        refused(":1:", "it is nested too deeply", "correct the line, its indentation first", "plan");
    }

    @Test
    void aChainOfServicesLongerThanTheStack() throws IOException {
        write(
                "app/compose.yaml",
                "services:\n  s0: {image: x}\n"
                        + IntStream.rangeClosed(1, 5_000)
                                .mapToObj(i -> "  s" + i + ": {extends: s" + (i - 1) + "}\n")
                                .collect(Collectors.joining()));
        refused(":", "extends another by way of 100 more", "extend that one itself", "plan");
        write(
                "app/compose.yaml",
                "services:\n  s0: {image: x}\n"
                        + IntStream.rangeClosed(1, 5_000)
                                .mapToObj(i -> "  s" + i + ": {image: x, depends_on: [s" + (i - 1) + "]}\n")
                                .collect(Collectors.joining()));
        assertThat(command.run("config", app.toString())).as(command.err()).isZero();
    }

    @Test
    void moreServicesThanAnAppHas() throws IOException {
        write(
                "app/compose.yaml",
                "services:\n"
                        + IntStream.rangeClosed(0, 1_000)
                                .mapToObj(i -> "  s" + i + ": {image: x}\n")
                                .collect(Collectors.joining()));
        refused(
                ":1:1",
                "it has 1001 services, more than are planned at once (1000)",
                "split it into several apps",
                "plan");
        assertThat(command.run("config", app.toString())).as(command.err()).isZero();
    }

    @Test
    void aFileThatIsNotUtf8() throws IOException {
        Files.write(app.resolve("compose.yaml"), "services: {web: {image: café}}".getBytes(ISO_8859_1));
        refused("compose.yaml", "it is not UTF-8 text", "save it as UTF-8", "plan");
        refused("compose.yaml", "it is not UTF-8 text", "save it as UTF-8", "config");
    }

    @Test
    void aFileThatIsHuge() throws IOException {
        write("app/compose.yaml", "services: {web: {image: nginx}}\n" + "# what was\n".repeat(600_000));
        refused("compose.yaml", "it is larger than 6 MB", "check that this is the right file", "plan");
    }

    @Test
    void aFileOfFiveMegabytesIsRead() throws IOException {
        write(
                "app/compose.yaml",
                "services:\n"
                        + IntStream.range(0, 45_000)
                                .mapToObj(i -> "  web" + i
                                        + ": {image: \"nginx:1.27\", environment: {NUMBER: \"${NUMBER:-" + i
                                        + "}\", COLOUR: green, SHAPE: round}}\n")
                                .collect(Collectors.joining()));
        assertThat(Files.size(app.resolve("compose.yaml"))).isGreaterThan(4_500_000);
        assertThat(command.run("config", app.toString(), "--json"))
                .as(command.err())
                .isZero();
        assertThat(command.out()).contains("\"web44999\"");
    }

    @Test
    void pathsThatClimbOutAreReadWhereTheComposeFileNamesThem() throws IOException {
        write("app/compose.yaml", """
                include: [../outside.yaml]
                services:
                  web:
                    extends: {file: ../outside.yaml, service: base}
                    env_file: ../outside.env
                    volumes: ["../data:/data"]
                """);
        assertThat(command.run("config", app.toString(), "--json"))
                .as(command.err())
                .isZero();
        assertThat(command.out())
                .contains("\"base\"", "\"green\"", folder.resolve("data").toString());
    }

    @Test
    void aPathThatClimbsOutOfEverythingIsTold() throws IOException {
        write("app/compose.yaml", "services: {web: {image: x, env_file: \"" + "../".repeat(60) + "gone/.env\"}}\n");
        refused("compose.yaml:1:", "/gone/.env does not exist", "create it, or correct its path", "plan");
    }

    private void twoServices(String one, String other) throws IOException {
        write(
                "app/compose.yaml",
                "services:\n  one: {image: nginx, ports: [" + one.replace('`', '"')
                        + "]}\n  two: {image: nginx, ports: [" + other.replace('`', '"') + "]}\n");
    }

    private void refused(String place, String why, String remedy, String verb) {
        command.refused(why, remedy, verb, app.toString());
        assertThat(command.err()).contains(place);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
