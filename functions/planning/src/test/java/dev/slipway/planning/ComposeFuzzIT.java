package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.ComposeConfig;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.exception.InvalidSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever a compose file holds is read and planned, or refused in one line; nothing else happens, and soon. */
class ComposeFuzzIT {
    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, String> SHELL = Map.of("HOME", "/home/somebody", "A", "80", "B", "b", "EMPTY", "");
    private static final Planner PLANNER = new Planner();
    private static final JsonNode SCHEMA = schema();

    /** What a project holds. */
    record Project(String compose, String override, String other) {}

    @Property(tries = 2_000, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void isReadOrRefusedInOneLine(@ForAll("projects") Project project) throws IOException {
        check(project);
    }

    @Tag("soak")
    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    void isReadOrRefusedInOneLineHoweverOften(@ForAll("projects") Project project) throws IOException {
        check(project);
    }

    @Provide
    Arbitrary<Project> projects() {
        return Arbitraries.randomValue(random -> new Project(
                text(random),
                random.nextInt(4) == 0 ? text(random) : "",
                random.nextInt(4) == 0 ? text(random) : "services: {web: {image: x}}"));
    }

    private static String text(Random random) {
        return OddYaml.of(new ComposeGrammar(SCHEMA, random).file(), random);
    }

    private static void check(Project project) throws IOException {
        long begun = System.nanoTime();
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("compose.yaml"), project.compose());
        Files.writeString(FOLDER.resolve("other.yaml"), project.other());
        Files.deleteIfExists(FOLDER.resolve("compose.override.yaml"));
        if (!project.override().isEmpty()) {
            Files.writeString(FOLDER.resolve("compose.override.yaml"), project.override());
        }
        ComposeRequest request = new ComposeRequest(FOLDER, List.of(), List.of(), List.of(), SHELL);
        inOneLine(() -> {
            ComposeConfig config = ComposeConfig.read(request);
            config.yaml();
            config.json();
        });
        inOneLine(() -> {
            AppBundle bundle = AppFiles.read(request);
            PLANNER.plan(bundle.app(), bundle.spec());
            AppFiles.readUploaded(bundle.app().name(), bundle.compose(), bundle.specText());
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    private static void inOneLine(Runnable reading) {
        try {
            reading.run();
        } catch (InvalidSpec e) {
            assertThat(e).message().doesNotContain("\n").matches("Tried to .+ but .+: .+");
        }
    }

    private static JsonNode schema() {
        try {
            return new ObjectMapper()
                    .readTree(
                            Objects.requireNonNull(ComposeConfig.class.getResourceAsStream("model/compose-spec.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
