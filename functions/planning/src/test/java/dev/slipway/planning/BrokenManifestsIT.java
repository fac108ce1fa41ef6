package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.exception.SlipwayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests and servers with a few things broken in them are planned or refused in one line; nothing else happens. */
class BrokenManifestsIT {
    private static final Path APPS = Path.of(System.getProperty("slipway.root", "../.."), "events", "apps");
    private static final List<String> PIECES = List.of(
            "",
            ":",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "{{ .Values.x }}",
            "${",
            "$(",
            "$(A)",
            "'",
            "\"",
            "*x",
            "&x ",
            "null",
            "0",
            "-1",
            "1e9",
            "99999999999",
            "\t",
            "<<: ",
            "é",
            "\u0000",
            "- - -",
            "? ",
            "true",
            "!!int ",
            "[[[[",
            "100m",
            "5Ggg",
            "..",
            "/",
            "---\n",
            "~");
    private static final int ROUNDS = 1_000;
    private static final Planner PLANNER = new Planner();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void isRefusedInOneLineOrPlanned() throws IOException {
        String manifests = manifests();
        String spec = Files.readString(APPS.resolve("bahnvision/slipway.yaml"));
        Random random = new Random(20_261_122);
        Files.writeString(folder.resolve("slipway.yaml"), spec);
        for (int round = 0; round < ROUNDS; round++) {
            String broken = broken(manifests, random);
            Files.writeString(folder.resolve("app.yaml"), broken);
            assertThat(refusal()).as("round %s: %s", round, broken).doesNotContain("\n");
        }
    }

    @Test
    void isRefusedInOneLineOrPlannedAsAServer() throws IOException {
        String spec = Files.readString(APPS.resolve("prostudio/slipway.yaml"));
        Random random = new Random(20_261_122);
        for (int round = 0; round < ROUNDS; round++) {
            String broken = broken(spec, random);
            Files.writeString(folder.resolve("slipway.yaml"), broken);
            assertThat(refusal()).as("round %s: %s", round, broken).doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: v1",
                "apiVersion: v1\nkind: Pod",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{}]}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [null]}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: {a: b}}",
                "apiVersion: v1\nkind: Pod\nmetadata: [a]\nspec: []",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: a, env: [{value: b}]}]}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: a, env: [{name: B, value: 1}]}]}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: a, ports: [{containerPort: 70000}]}]}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: a, resources: {limits: {cpu: fast}}}]}",
                "apiVersion: v1\nkind: List\nitems: [1, 2]",
                "apiVersion: v1\nkind: List\nitems: {a: b}",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {x: '%%%'}",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: '2'}",
                "apiVersion: apps/v1\nkind: Deployment\n\tmetadata: {name: a}",
                "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: 5}",
                "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {rules: [{http: {paths: [{}]}}]}",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: &s {containers: [{image: a}], x: *s}"
            })
    void refusesInOneLineThatNamesThePlace(String manifest) throws IOException {
        Files.writeString(folder.resolve("app.yaml"), manifest);
        assertThat(refusal())
                .startsWith("Tried to read ")
                .doesNotContain("\n", "Exception")
                .contains(": ");
    }

    @Test
    void refusesAnObjectThatIsThereTwice() throws IOException {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: a}]}\n";
        Files.writeString(folder.resolve("app.yaml"), pod + "---\n" + pod);
        assertThat(refusal()).contains("app.yaml:6", "stands there twice, first at app.yaml:1");
    }

    @Test
    void refusesABombOfAliases() throws IOException {
        String lines = IntStream.range(1, 12)
                .mapToObj(i -> "a" + i + ": &a" + i + " ["
                        + Stream.generate(() -> "*a" + (i - 1)).limit(10).collect(Collectors.joining(",")) + "]")
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("app.yaml"), "apiVersion: v1\nkind: Pod\na0: &a0 [x]\n" + lines);
        assertThat(refusal()).contains("aliases");
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = folder.resolve("app.yaml");
        Files.write(file, "apiVersion: v1\nkind: Pod # \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal()).isNotEmpty().doesNotContain("\n");
    }

    @Test
    void readsAFileOfFiveMegabytes() throws IOException {
        String pods = IntStream.range(0, 30_000)
                .mapToObj(i -> "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c" + i + "\ndata:\n  key: "
                        + "some text that fills the file up to its five megabytes".repeat(2) + "\n")
                .collect(Collectors.joining());
        Files.writeString(
                folder.resolve("app.yaml"),
                pods + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: a}]}\n");
        assertThat(refusal()).doesNotContain("\n");
    }

    private static String manifests() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(APPS.resolve("bahnvision/k8s"))) {
            for (Path file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return String.join("---\n", texts);
    }

    /** The one line of a refusal, or nothing. Any other exception fails the test. */
    private String refusal() {
        try {
            AppBundle bundle = AppFiles.readDirectory(folder);
            AppBundle uploaded = AppFiles.readUploaded(bundle.app().name(), bundle.compose(), bundle.specText());
            assertThat(uploaded.app()).isEqualTo(bundle.app());
            PLANNER.plan(bundle.app(), bundle.spec());
            return "";
        } catch (SlipwayException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String broken(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int change = 0; change <= random.nextInt(3); change++) {
            int at = random.nextInt(lines.size());
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            switch (random.nextInt(4)) {
                case 0 -> lines.remove(at);
                case 1 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                case 2 -> lines.set(at, lines.get(at).replaceFirst("[^:\\s-][^:]*$", piece.replace("$", "\\$")));
                default -> {
                    int column = random.nextInt(lines.get(at).length() + 1);
                    lines.set(
                            at,
                            lines.get(at).substring(0, column)
                                    + piece
                                    + lines.get(at).substring(column));
                }
            }
        }
        return String.join("\n", lines);
    }
}
