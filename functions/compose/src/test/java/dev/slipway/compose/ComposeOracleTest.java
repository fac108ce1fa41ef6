package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Docker Compose's own reader makes of a case, this one makes of it, too: src/test/oracle records that anew. */
class ComposeOracleTest {
    private static final Path CASES = Path.of("src/test/resources/dev/slipway/compose/model/cases");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Stream<String> read() throws IOException {
        return cases("read");
    }

    static Stream<String> refused() throws IOException {
        return cases("refused");
    }

    @ParameterizedTest
    @MethodSource
    void read(String name) throws IOException {
        Path app = unpacked(name);
        String expected = recorded(name).path("model").toPrettyString();
        String found = ComposeConfig.read(request(app)).json().toPrettyString();
        assertThat(normal(found.replace(folder.toString(), "/srv"))).isEqualTo(normal(expected));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String name) throws IOException {
        Path app = unpacked(name);
        assertThat(recorded(name).path("refused").asText()).isNotEmpty();
        assertThatThrownBy(() -> ComposeConfig.read(request(app)))
                .isInstanceOf(InvalidSpec.class)
                .message()
                .doesNotContain("\n")
                .matches("Tried to read \\S+:\\d+(:\\d+)? but .+: .+");
    }

    private static Stream<String> cases(String kind) throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            List<String> names = files.map(
                            file -> Objects.requireNonNull(file.getFileName()).toString())
                    .filter(file -> file.startsWith(kind) && file.endsWith(".txt"))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(15);
            return names.stream();
        }
    }

    private Path unpacked(String name) throws IOException {
        Path app = Files.createDirectory(folder.resolve("app"));
        for (String part : ("\n" + Files.readString(CASES.resolve(name))).split("\n== ", -1)) {
            int line = part.indexOf('\n');
            if (line > 0) {
                Path file = app.resolve(part.substring(0, line));
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.writeString(file, part.substring(line + 1) + "\n");
            }
        }
        return app;
    }

    private static ComposeRequest request(Path app) {
        return new ComposeRequest(app, List.of(), List.of(), List.of(), Map.of("HOME", "/home/somebody"));
    }

    private static JsonNode recorded(String name) throws IOException {
        return StrictJson.mapper().readTree(Files.readString(CASES.resolve(name.replace(".txt", ".json"))));
    }

    /** Keys in one order, and each number as the same double. */
    private static Object normal(String json) throws IOException {
        return StrictJson.mapper().readValue(json, Object.class);
    }
}
