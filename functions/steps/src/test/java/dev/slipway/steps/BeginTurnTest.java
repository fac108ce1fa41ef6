package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.AppNotFound;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.plan.ExamplePlan;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class BeginTurnTest {
    private final TurningApp app;
    private final Set<String> running = new HashSet<>();
    private Phase phase = Phase.COMPLETE;

    BeginTurnTest(@TempDir Path folder) {
        app = new TurningApp(folder);
    }

    @Test
    void beginsTheTurnOfTheLoginThatTheAppDoesNotHave() {
        assertThat(take("shop", "first"))
                .isEqualTo(new BeginTurn.Output(
                        1,
                        1,
                        "BEGUN",
                        2,
                        List.of(new PlannedWork.Store("db", 1), new PlannedWork.Store("log", 1)),
                        "subnet-1,subnet-2",
                        "sg-1"));
        assertThat(app.turns.find("shop")).contains(new Turn(1, 1, 2, Turn.Stage.BEGUN, "first"));
    }

    /** Whatever the row says: the keys may have been written by hand, or the target made anew. */
    @Test
    void believesTheKeysOfTheSecretWhoseTurnItIs() {
        app.turns.stands(new Turn(4, 1, 2, Turn.Stage.SETTLED, "earlier"));
        assertThat(take("shop", "next"))
                .extracting(BeginTurn.Output::turn, BeginTurn.Output::login)
                .containsExactly(5, 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Turn.Stage.class,
            names = {"BEGUN", "GIVEN", "RETURNING"})
    void goesOnWithATurnThatAnExecutionWhichEndedHasLeft(Turn.Stage stage) {
        app.turns.stands(new Turn(3, 1, 1, stage, "ended"));
        assertThat(take("shop", "next"))
                .extracting(BeginTurn.Output::turn, BeginTurn.Output::login, BeginTurn.Output::stage)
                .containsExactly(3, 1, stage.name());
        assertThat(app.turns.find("shop")).contains(new Turn(3, 1, 1, stage, "next"));
    }

    @Test
    void leavesATurnToTheExecutionThatIsAtIt() {
        running.add("other");
        app.turns.stands(new Turn(3, 1, 1, Turn.Stage.GIVEN, "other"));
        assertThatThrownBy(() -> take("shop", "next"))
                .isInstanceOf(MigrationLocked.class)
                .hasMessage("Tried to turn the logins of shop but the execution other is at it: wait for its end");
        assertThat(app.turns.find("shop")).map(Turn::execution).contains("other");
    }

    @Test
    void mayBeTakenTwiceByTheSameExecution() {
        running.add("first");
        assertThat(take("shop", "first")).isEqualTo(take("shop", "first"));
    }

    @Test
    void forgetsATurnOfATargetBeforeThisOne() {
        app.turns.stands(new Turn(3, 7, 1, Turn.Stage.GIVEN, "ended"));
        assertThat(take("shop", "next"))
                .extracting(BeginTurn.Output::turn, BeginTurn.Output::login, BeginTurn.Output::stage)
                .containsExactly(4, 2, "BEGUN");
    }

    @Test
    void beginsNothingBeforeTheMigrationIsComplete() {
        phase = Phase.CUTTING_OVER;
        assertThatThrownBy(() -> take("shop", "first"))
                .isInstanceOf(MigrationLocked.class)
                .hasMessageContaining("its migration is in phase CUTTING_OVER and not COMPLETE");
        assertThat(app.turns.find("shop")).isEmpty();
    }

    @Test
    void refusesAnAppThatIsNone() {
        assertThatThrownBy(() -> take("nobody", "first")).isInstanceOf(AppNotFound.class);
    }

    @Test
    void refusesAnAppWithoutRotation() {
        app.artifacts.write(TurningApp.ATTEMPT.plan(), ExamplePlan.of("shop").plan());
        assertThatThrownBy(() -> take("shop", "first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("none of its stores has 'rotation'");
    }

    @Test
    void refusesServicesThatAreNotOnFargate() {
        app.artifacts.write(
                TurningApp.ATTEMPT.plan(), TurningApp.plan().inCluster().plan());
        assertThatThrownBy(() -> take("shop", "first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("its services do not run on Fargate");
    }

    @Test
    void refusesKeysWithBothLoginsOrNeither() {
        app.login("log", 1, "another").login("log", 2, "uno");
        assertThatThrownBy(() -> take("shop", "first"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the keys of slipway/targets/shop have the passwords of both logins")
                .hasMessageNotContaining("uno");
        app.shelf.with("app", "{}");
        assertThatThrownBy(() -> take("shop", "first")).hasMessageContaining("of neither login");
        assertThat(app.turns.find("shop")).isEmpty();
    }

    private BeginTurn.Output take(String name, String execution) {
        FakeMigrations migrations = new FakeMigrations(TurningApp.ATTEMPT, phase);
        return new BeginTurn(new Executions(), app.secrets, migrations, app.turns, app.artifacts)
                .take(new BeginTurn.Input(name, execution));
    }

    /** Those that run; any other was forgotten. */
    private final class Executions implements SfnClient {
        @Override
        public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
            if (!running.contains(request.executionArn())) {
                throw ExecutionDoesNotExistException.builder().build();
            }
            return DescribeExecutionResponse.builder()
                    .status(ExecutionStatus.RUNNING)
                    .build();
        }

        @Override
        public String serviceName() {
            return "states";
        }

        @Override
        public void close() {}
    }
}
