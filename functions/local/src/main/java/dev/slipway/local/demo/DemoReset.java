package dev.slipway.local.demo;

import dev.slipway.local.Pipeline;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.DeployFailed;
import java.time.Duration;
import java.time.Instant;

/**
 * Puts a moved demo app back on its old server. Where its stores were followed, this is the rollback of the product. Where they were not,
 * the product never does this, since it forgets what was written to the target: for the demo it sets the row back to before the cutover.
 */
record DemoReset(Pipeline pipeline, String app, boolean live) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Returns when the app can be moved again. */
    void putBack() throws InterruptedException {
        if (!live) {
            pipeline.pretend(app, Phase.SHIFTED);
        }
        pipeline.machines()
                .startExecution(request -> request.stateMachineArn(pipeline.machine("RollbackMachine"))
                        .input("{\"app\":\"" + app + "\"}"));
        Instant deadline = Instant.now().plus(PATIENCE);
        while (pipeline.row(app).filter(row -> row.phase() == Phase.ROLLED_BACK).isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new DeployFailed(
                        "put " + app + " back on its old server",
                        "the rollback did not end within " + PATIENCE.toMinutes() + " minutes",
                        "start the demo again");
            }
            Thread.sleep(500);
        }
    }
}
