package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.StaleAttempt;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenewPasswordsTest {
    private final TurningApp app;

    RenewPasswordsTest(@TempDir Path folder) {
        app = new TurningApp(folder);
    }

    @Test
    void givesTheLoginWhoseTurnItIsANewPasswordInEachStoreOnce() {
        app.at(Turn.Stage.BEGUN);
        RenewPasswords.Output told = take(TurningApp.EXECUTION);
        assertThat(told.secrets()).containsExactly("db-2", "log-2");
        assertThat(told.version()).hasSizeBetween(32, 64);
        assertThat(app.shelf.text("db-2")).isEqualTo("{\"password\":\"made1\",\"username\":\"slipway_app_2\"}");
        assertThat(app.shelf.text("log-2")).contains("made2");

        assertThat(take(TurningApp.EXECUTION)).as("a second time").isEqualTo(told);
        assertThat(app.shelf.text("db-2")).contains("made1");
        assertThat(app.shelf.written("db-1")).isEmpty();
    }

    @Test
    void givesItAnotherOneInTheNextTurnButOne() {
        app.at(Turn.Stage.BEGUN);
        String version = take(TurningApp.EXECUTION).version();
        app.turns.stands(new Turn(3, 1, 2, Turn.Stage.BEGUN, TurningApp.EXECUTION));
        assertThat(take(TurningApp.EXECUTION).version()).isNotEqualTo(version);
        assertThat(app.shelf.written("db-2")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Turn.Stage.class,
            names = {"GIVEN", "RETURNING", "SETTLED"})
    void changesNoneWhileTasksOfBothMayRun(Turn.Stage stage) {
        app.at(stage);
        assertThatThrownBy(() -> take(TurningApp.EXECUTION)).isInstanceOf(StaleAttempt.class);
        assertThat(app.shelf.written("db-2")).isEmpty();
    }

    @Test
    void changesNoneForAnExecutionThatDoesNotHoldTheTurn() {
        app.at(Turn.Stage.BEGUN);
        assertThatThrownBy(() -> take("another")).isInstanceOf(StaleAttempt.class);
        assertThat(app.shelf.written("db-2")).isEmpty();
    }

    private RenewPasswords.Output take(String execution) {
        return new RenewPasswords(app.secrets, app.turns, app.artifacts)
                .take(new RenewPasswords.Input("shop", execution));
    }
}
