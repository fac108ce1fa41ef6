package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.StaleAttempt;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GiveLoginTest {
    private final TurningApp app;

    GiveLoginTest(@TempDir Path folder) {
        app = new TurningApp(folder);
    }

    @Test
    void writesUserAndPasswordIntoTheKeysThatHaveThemAndLeavesTheRest() {
        app.at(Turn.Stage.BEGUN);
        assertThat(take(false)).isEqualTo(2);
        assertThat(app.shelf.text("app")).isEqualTo("""
                {"web.DATABASE_URL":"postgres://slipway_app_2:two@db:5432/shop?edited=by-hand","web.DB_PASSWORD":"two",\
                "web.DB_USER":"slipway_app_2","web.LOG_URL":"postgres://slipway_app_2:due@log:5432/shop","web.NOTE":"slipway_app_1 one"}""");
        assertThat(app.turns.stage()).isEqualTo(Turn.Stage.GIVEN);
        assertThat(take(false)).as("a second time").isEqualTo(2);
        assertThat(app.shelf.written("app")).hasSize(1);
    }

    @Test
    void putsTheLoginBeforeBackAsItWas() {
        app.at(Turn.Stage.BEGUN);
        take(false);
        assertThat(take(true)).isEqualTo(1);
        assertThat(take(true)).as("a second time").isEqualTo(1);
        assertThat(app.shelf.text("app")).contains("slipway_app_1:one@db", "slipway_app_1:uno@log");
        assertThat(app.turns.stage()).isEqualTo(Turn.Stage.RETURNING);
    }

    @Test
    void writesAPasswordIntoAUrlAsOneReadsItThere() {
        app.login("db", 2, "a/b@c").at(Turn.Stage.BEGUN);
        take(false);
        assertThat(app.shelf.text("app"))
                .contains("postgres://slipway_app_2:a%2Fb%40c@db:5432")
                .contains("\"web.DB_PASSWORD\":\"a/b@c\"");
        take(true);
        assertThat(app.shelf.text("app")).contains("slipway_app_1:one@db", "\"web.DB_PASSWORD\":\"one\"");
    }

    @Test
    void neverGoesForwardAgainOnceItGoesBack() {
        app.at(Turn.Stage.RETURNING);
        assertThatThrownBy(() -> take(false)).isInstanceOf(StaleAttempt.class);
        assertThat(app.shelf.written("app")).isEmpty();
    }

    private int take(boolean back) {
        return new GiveLogin(app.secrets, app.turns, app.artifacts)
                .take(new GiveLogin.Input("shop", TurningApp.EXECUTION, back))
                .login();
    }
}
