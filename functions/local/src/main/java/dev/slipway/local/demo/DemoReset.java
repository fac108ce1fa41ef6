package dev.slipway.local.demo;

import dev.slipway.local.Pipeline;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.DeployFailed;
import java.time.Duration;
import java.time.Instant;

/**
 * Puts a moved demo app back on its old server. The product never does this: it forgets what was written to the target. For the demo it
 * sets the row back to before the cutover and starts the rollback machine.
 */
record DemoReset(Pipeline pipeline, String app) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Returns when the app can be moved again. */
    void putBack() throws InterruptedException {
        pipeline.pretend(app, Phase.SHIFTED);
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
