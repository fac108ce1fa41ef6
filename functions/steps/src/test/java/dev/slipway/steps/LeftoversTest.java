package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Attempt;
import dev.slipway.report.Report;
import dev.slipway.report.Report.Leftover;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 2);
    private static final String EXECUTION =
            "arn:aws:states:eu-central-1:123456789012:execution:tools-slipway-migration:run-1";

    /** A stack that is deleted by hand leaves what its load balancer and its cluster have written. */
    @Test
    void namesTheMachineThatTakesTheTargetDown() {
        assertThat(left(Report.Outcome.ROLLED_BACK, Optional.of("slipway-shop")))
                .singleElement()
                .satisfies(stack -> {
                    assertThat(stack.where()).isEqualTo("slipway-shop");
                    assertThat(stack.removal())
                            .isEqualTo("aws stepfunctions start-execution --state-machine-arn"
                                    + " arn:aws:states:eu-central-1:123456789012:stateMachine:tools-slipway-takedown"
                                    + " --input '{\"app\":\"shop\"}'");
                    assertThat(stack.why()).contains("\"stores\":\"delete\"");
                });
    }

    @Test
    void namesNoStackWhereNoneWasMade() {
        assertThat(left(Report.Outcome.ROLLED_BACK, Optional.empty())).isEmpty();
    }

    @Test
    void leavesTheTargetOfAMigrationThatIsComplete() {
        assertThat(left(Report.Outcome.COMPLETE, Optional.of("slipway-shop")))
                .extracting(Leftover::what)
                .containsExactly("The old side");
    }

    @Test
    void namesServicesThatStillRunTwiceAndTheStackWithoutThem() {
        assertThat(Leftovers.of(
                        ATTEMPT,
                        Report.Outcome.COMPLETE,
                        EXECUTION,
                        Optional.of(new Leftovers.Target("slipway-shop", /* twice= */ true)),
                        List.of(),
                        "artifacts"))
                .last()
                .satisfies(twice -> {
                    assertThat(twice.where()).startsWith("slipway-shop, ").contains("-forerunner");
                    assertThat(twice.removal())
                            .contains("--stack-name slipway-shop ", "https://artifacts.s3.amazonaws.com/" + settled());
                });
    }

    private static String settled() {
        return ATTEMPT.settledTemplate();
    }

    private static List<Leftover> left(Report.Outcome outcome, Optional<String> stack) {
        return Leftovers.of(
                ATTEMPT,
                outcome,
                EXECUTION,
                stack.map(name -> new Leftovers.Target(name, /* twice= */ false)),
                List.of(),
                "artifacts");
    }
}
