package dev.slipway.local.demo;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.local.Pipeline;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gives an app that has moved back to its old side, with what was written since, as a person would: by the machine {@code rollback}. */
record WayBack(Demo demo) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int ROWS = 20;

    /**
     * What came of it.
     *
     * @param written rows that only the target had when the rollback began
     * @param found those of them that the old side has after it
     */
    record Returned(MigrationWatch.Ending ending, long written, long found) {}

    /** Waits until people have written on the new side, and then goes back. */
    Returned take() throws InterruptedException {
        StoreUrl target = target();
        StoreUrl source = demo.source().postgresUrl();
        SampleApp.Written what = demo.sample().written();
        long before = number(target, "SELECT coalesce(max(id), 0) FROM " + what.table() + " WHERE id > ?", 0);
        String since = "SELECT count(*) FROM " + what.table() + " WHERE id > ?";
        await("see " + what.rows() + " written on the new side", () -> number(target, since, before) >= ROWS);
        long written = number(target, since, before);
        Pipeline pipeline = demo.pipeline();
        pipeline.machines()
                .startExecution(request -> request.stateMachineArn(pipeline.machine("RollbackMachine"))
                        .input("{\"app\":\"" + demo.app() + "\"}"));
        await(
                "roll back",
                () -> pipeline.row(demo.app())
                        .filter(row -> row.phase() == Phase.ROLLED_BACK)
                        .isPresent());
        return new Returned(
                new MigrationWatch.Ending(Optional.of(Phase.ROLLED_BACK), pipeline.row(demo.app()), "it was asked for"),
                written,
                Math.min(written, number(source, since, before)));
    }

    private StoreUrl target() {
        return demo.pipeline()
                .row(demo.app())
                .map(row -> demo.pipeline().artifacts().read(row.attempt().target(), TargetOutputs.class))
                .map(outputs -> outputs.value(LogicalName.of("postgres") + "Host"))
                .flatMap(demo.run().room()::operatorAt)
                .orElseThrow();
    }

    /** Something that comes true after a while. */
    @FunctionalInterface
    private interface Look {
        boolean isTrue();
    }

    private static void await(String what, Look look) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!look.isTrue()) {
            if (Instant.now().isAfter(deadline)) {
                throw new DeployFailed(
                        what,
                        "it did not come to that within " + PATIENCE.toMinutes() + " minutes",
                        "see the run's logs");
            }
            Thread.sleep(500);
        }
    }

    private static long number(StoreUrl store, String query, long after) {
        String url = "jdbc:postgresql://" + store.host() + ":" + store.port(5432) + "/" + store.path();
        try (Connection connection = DriverManager.getConnection(
                        url, store.user().orElse(""), store.password().orElse(""));
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, after);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new DeployFailed(
                    "count what was written in " + store, String.valueOf(e.getMessage()), "see the run's logs", e);
        }
    }
}
