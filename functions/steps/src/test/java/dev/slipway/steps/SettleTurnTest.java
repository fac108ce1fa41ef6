package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.StaleAttempt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettleTurnTest {
    private final TurningApp app;
    private final TurningCluster cluster =
            new TurningCluster().task("ended", "STOPPED").task("job", "RUNNING").task("leaving", "STOPPING");

    SettleTurnTest(@TempDir Path folder) {
        app = new TurningApp(folder).at(Turn.Stage.GIVEN);
    }

    @Test
    void waitsForEveryTaskOfBeforeThatHasNotEnded() {
        List<String> earlier = new ClusterTasks(cluster, "shop").alive();
        assertThat(earlier).containsExactlyInAnyOrder("job", "leaving");
        begun(earlier, false);
        cluster.task("later", "RUNNING");

        assertThat(take(false)).isEqualTo(new SettleTurn.Output(false, 1, 2, List.of("job", "leaving")));
        cluster.ends("leaving");
        assertThat(take(false).awaited()).containsExactly("job");
        assertThat(app.turns.stage()).isEqualTo(Turn.Stage.GIVEN);
        cluster.ends("job");
        assertThat(take(false)).isEqualTo(new SettleTurn.Output(true, 1, 2, List.of()));
        assertThat(app.turns.stage()).isEqualTo(Turn.Stage.SETTLED);
        assertThat(take(false).done()).as("a second time").isTrue();
    }

    @Test
    void settlesTheWayBackWithTheLoginBefore() {
        app.at(Turn.Stage.RETURNING);
        begun(List.of(), true);
        assertThat(take(true)).isEqualTo(new SettleTurn.Output(true, 1, 1, List.of()));
        assertThat(app.turns.stage()).isEqualTo(Turn.Stage.SETTLED);
    }

    @Test
    void settlesNothingThatIsOnItsWayBackAsIfItHadTurned() {
        app.at(Turn.Stage.RETURNING);
        begun(List.of(), false);
        assertThatThrownBy(() -> take(false)).isInstanceOf(StaleAttempt.class);
    }

    private void begun(List<String> earlier, boolean back) {
        app.artifacts.write(TurningApp.ATTEMPT.turn(1, back), new Redeployment(earlier, Map.of()));
    }

    private SettleTurn.Output take(boolean back) {
        return new SettleTurn(cluster, app.turns, app.artifacts)
                .take(new SettleTurn.Input("shop", TurningApp.EXECUTION, back));
    }
}
