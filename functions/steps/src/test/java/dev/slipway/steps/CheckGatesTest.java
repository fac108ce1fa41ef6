package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.ShiftDecision;
import dev.slipway.migration.ShiftDecision.Decision;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.GateFailed;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.steps.LoadBalancerMeasurements.Measured;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckGatesTest {
    private static final Attempt ATTEMPT = new Attempt("crp-preschool", 1);
    private static final String BALANCER = "app/slipway/50dc6c495c0c9188";
    private static final Instant SET = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant NOW = SET.plusSeconds(300);
    private static final Measured NOTHING = new Measured(0, 0, 0);

    @TempDir
    private Path folder;

    private JsonArtifacts artifacts = new JsonArtifacts(new FolderArtifacts(Path.of("")));
    private final FakeMigrations migrations = new FakeMigrations(ATTEMPT, Phase.SHIFTING);

    @BeforeEach
    void writeWhatEarlierStepsLeave() {
        artifacts = new JsonArtifacts(new FolderArtifacts(folder));
        artifacts.write(ATTEMPT.plan(), Plans.of());
        artifacts.write(ATTEMPT.target(), new TargetOutputs(Map.of("LoadBalancerFullName", BALANCER)));
    }

    @Test
    void goesOnAtExactlyTheAllowedShareOfErrors() {
        assertThat(look(50, 1, new Measured(1_000, 10, 7))).isEqualTo(new CheckGates.Output(Decision.GO, 1_000, 10));
        assertThat(migrations.phase()).isEqualTo(Phase.SHIFTING);
    }

    @Test
    void stopsAboveTheAllowedShareOfErrorsAndSaysTheNumbers() {
        assertThatThrownBy(() -> look(50, 1, new Measured(1_000, 11, 0)))
                .isInstanceOf(GateFailed.class)
                .hasMessageContaining("weight above 50 %")
                .hasMessageContaining("11 of 1000 requests were server errors, 1.10 % where 1.00 % are allowed");
        assertThat(decisions()).isEqualTo(Decision.STOP);
    }

    @Test
    void takesRefusedWritesForNoErrors() {
        assertThat(look(50, 1, new Measured(100, 0, 90)).decision()).isEqualTo(Decision.GO);
    }

    @Test
    void waitsTwiceForMissingMeasurementsAndStopsAtTheThirdLook() {
        assertThat(look(50, 1, NOTHING).decision()).isEqualTo(Decision.WAIT);
        assertThat(look(50, 2, NOTHING).decision()).isEqualTo(Decision.WAIT);
        assertThatThrownBy(() -> look(50, 3, NOTHING))
                .isInstanceOf(GateFailed.class)
                .hasMessageContaining("reported no request");
    }

    @Test
    void marksTheMigrationShiftedAtTheWholeTrafficOnly() {
        look(100, 1, NOTHING);
        assertThat(migrations.phase()).isEqualTo(Phase.SHIFTING);

        look(100, 2, new Measured(10, 0, 0));
        assertThat(migrations.phase()).isEqualTo(Phase.SHIFTED);
    }

    @Test
    void mayBeAskedAgainAfterItsAnswerWasLost() {
        look(100, 1, new Measured(10, 0, 0));
        look(100, 1, new Measured(10, 0, 0));
        assertThat(migrations.phase()).isEqualTo(Phase.SHIFTED);
    }

    @Test
    void changesNothingForAnAttemptThatWasTakenOver() {
        migrations.advance(ATTEMPT, java.util.Set.of(Phase.SHIFTING), Phase.ROLLING_BACK);
        assertThatThrownBy(() -> look(100, 1, new Measured(10, 0, 0))).isInstanceOf(StaleAttempt.class);
        assertThat(migrations.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    void writesDownEachLookWithItsNumbers() {
        look(50, 1, new Measured(1_000, 10, 7));
        assertThat(artifacts.all(ATTEMPT.folder() + "shift/", ShiftDecision.class))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.weight()).isEqualTo(50);
                    assertThat(decision.errorShare()).isEqualTo(0.01);
                    assertThat(decision.refusals()).isEqualTo(7);
                });
    }

    private Decision decisions() {
        return artifacts
                .all(ATTEMPT.folder() + "shift/", ShiftDecision.class)
                .getLast()
                .decision();
    }

    private CheckGates.Output look(int weight, int look, Measured measured) {
        LoadBalancerMeasurements measurements = (balancer, from, to) -> {
            assertThat(balancer).isEqualTo(BALANCER);
            assertThat(from).isEqualTo(SET);
            assertThat(to).isEqualTo(NOW);
            return measured;
        };
        return new CheckGates(measurements, migrations, artifacts, InstantSource.fixed(NOW))
                .take(new CheckGates.Input("crp-preschool", 1, weight, false, SET, look));
    }
}
