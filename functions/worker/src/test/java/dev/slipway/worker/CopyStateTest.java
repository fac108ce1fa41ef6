package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyStateTest {
    private static final String SOURCE = "s3://shop/media";
    private static final String TARGET = "s3://new-shop/media";

    @TempDir
    private Path home;

    @Test
    void keepsTheNotesOfEachPairByItselfInAFolderOfTheUser() {
        Path notes = place(SOURCE, TARGET);
        assertThat(notes).startsWithRaw(home.resolve(".local/state/slipway/copies"));
        assertThat(place(SOURCE, TARGET)).isEqualTo(notes);
        assertThat(place(TARGET, SOURCE)).isNotEqualTo(notes);
    }

    @Test
    void keepsThemWhereTheUserKeepsState() {
        Path state = home.resolve("state");
        assertThat(place(SOURCE, TARGET, Map.of("HOME", "/nowhere", "XDG_STATE_HOME", state.toString())))
                .hasValueSatisfying(place -> assertThat(place).startsWithRaw(state.resolve("slipway/copies")));
    }

    @Test
    void takesAPairWithAnotherPasswordForTheSame() {
        assertThat(place("redis://:s3cret@10.0.0.5:6379/0", "redis://10.0.0.6:6379/0"))
                .isEqualTo(place("redis://:changed@10.0.0.5:6379/0", "redis://10.0.0.6:6379/0"));
    }

    @Test
    void remembersNothingForAUserWhoMayWriteNowhere() throws IOException {
        Path noFolder = Files.createFile(home.resolve("file"));
        assertThat(place(SOURCE, TARGET, Map.of("HOME", noFolder.toString()))).isEmpty();
        assertThat(noFolder).isEmptyFile();
    }

    private Path place(String source, String target) {
        return place(source, target, Map.of("HOME", home.toString())).orElseThrow();
    }

    private static Optional<Path> place(String source, String target, Map<String, String> environment) {
        return CopyState.of(StoreUrl.parse(source), StoreUrl.parse(target), environment)
                .map(notes -> Path.of(notes.artifacts().location(notes.prefix())));
    }
}
