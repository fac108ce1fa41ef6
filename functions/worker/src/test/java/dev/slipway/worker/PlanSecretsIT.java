package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret of the input in the output, in any form, in any of the formats. */
class PlanSecretsIT {
    private static final Pattern SECRET = Pattern.compile("zz\\d+b? ?pl[@a-z]*nted|00112233445566778899aabbccddeeff");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final CommandRun command = new CommandRun();
    private List<String> secrets = List.of();

    @BeforeEach
    void plant() throws IOException {
        String compose;
        try (InputStream in = PlanSecretsIT.class.getResourceAsStream("planted-secrets.yaml")) {
            compose = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        String variables = "S2=zz55planted\nDB_PASS=zz56planted\nUNUSED_TOKEN=zz57planted\n";
        Files.writeString(folder.resolve("compose.yaml"), compose);
        Files.writeString(folder.resolve(".env"), variables);
        Files.writeString(folder.resolve("s1.txt"), "zz54planted\n");
        secrets = SECRET.matcher(compose + variables + "zz54planted")
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
        assertThat(secrets).hasSizeGreaterThan(55);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--all", "--json"})
    void staysOutOfWhatIsPrinted(String option) {
        String[] words = Stream.of("plan", folder.toString(), option)
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
        assertThat(command.run(words)).as(command.err()).isZero();
        assertThat(command.out()).isNotEmpty();
        secrets.forEach(secret -> assertThat(forms(secret)).noneMatch((command.out() + command.err())::contains));
    }

    @Test
    void staysOutOfThePage() throws IOException {
        Path page = folder.resolve("plan.html");
        assertThat(command.run("plan", folder.toString(), "--html", page.toString()))
                .as(command.err())
                .isZero();
        String text = Files.readString(page);
        assertThat(text).contains("<html");
        secrets.forEach(secret -> assertThat(forms(secret)).noneMatch(text::contains));
    }

    @Test
    void staysOutOfANewSlipwayYaml() throws IOException {
        assertThat(command.run("plan", "--init", folder.toString()))
                .as(command.err())
                .isZero();
        String text = Files.readString(folder.resolve("slipway.yaml")) + command.out() + command.err();
        secrets.forEach(secret -> assertThat(forms(secret)).noneMatch(text::contains));
    }

    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
