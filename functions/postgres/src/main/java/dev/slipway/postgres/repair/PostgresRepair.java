package dev.slipway.postgres.repair;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.postgres.compare.Differences;
import dev.slipway.postgres.compare.DifferingRows;
import dev.slipway.postgres.compare.KnownDigests;
import dev.slipway.postgres.compare.PostgresCompare;
import dev.slipway.postgres.compare.RowsNow;
import dev.slipway.postgres.copy.Sequences;
import dev.slipway.postgres.fence.FenceState;
import dev.slipway.postgres.schema.Powers;
import dev.slipway.postgres.session.AppPath;
import dev.slipway.postgres.session.BothSides;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.LargeObjects;
import dev.slipway.postgres.table.MaterializedViews;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a target the same as its source by replacing what differs. What is compared, and what is changed for it, is one
 * transaction on the target: it commits whole or not at all, and a row that somebody else has changed meanwhile makes it fail.
 * The source is read in one snapshot, in which both are compared once more at the end.
 */
public final class PostgresRepair {
    private static final int LOCK_SECONDS = 30;
    private final StoreUrl source;
    private final StoreUrl target;
    private final Progress progress;

    public PostgresRepair(StoreUrl source, StoreUrl target, Progress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    public Repair run() {
        try (PostgresSession here = PostgresSession.open(source);
                PostgresSession there = PostgresSession.open(target);
                DifferingRows.SharedScratch scratch = new DifferingRows.SharedScratch()) {
            return repair(new BothSides(here, there), new Differences(scratch));
        }
    }

    private Repair repair(BothSides sides, Differences differences) {
        Powers powers;
        Comparison before;
        RepairPlan plan;
        try {
            demandFree(sides.target());
            powers = Powers.read(sides.target());
            sides.source().holdSnapshot();
            sides.target().execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ WRITE");
            before = PostgresCompare.compare(
                    sides.source(), sides.target(), powers, KnownDigests.NONE, RowsNow.NONE, differences, progress);
            plan = RepairPlan.of(sides, differences);
        } catch (SQLException e) {
            return new Repair(List.of(), List.of(), unknown(e));
        }
        if (plan.isEmpty()) {
            return new Repair(List.of(), left(plan, differences), before);
        }
        List<Repair.Mended> done = mend(sides, plan);
        Differences remaining = new Differences();
        Comparison after = after(sides, powers, remaining);
        return new Repair(done, left(plan, remaining), after);
    }

    private static List<Finding> left(RepairPlan plan, Differences remaining) {
        List<Finding> left = new ArrayList<>(plan.left());
        int schema = remaining.items(PostgresCompare.SCHEMA).size();
        if (schema > 0) {
            left.add(
                    Finding.warning(
                            "the target's schema",
                            "differs (" + schema
                                    + ") and was not touched: alter it as the comparison says, or copy into an empty database"));
        }
        return left;
    }

    /** @throws InvalidInput if somebody else of ours is at work on the target */
    private void demandFree(PostgresSession session) throws SQLException {
        Optional<FenceState> fence = FenceState.read(session).filter(state -> !state.lifted());
        if (fence.isPresent()) {
            throw new InvalidInput(
                    "repair " + target,
                    "it is fenced by " + fence.get().token(),
                    "let that migration end, or go back, then repair again");
        }
        if (session.only("SELECT to_regclass('slipway.copy') IS NOT NULL", row -> row.getBoolean(1))) {
            throw new InvalidInput(
                    "repair " + target,
                    "a copy to it was not finished",
                    "run the copy again, which goes on where it was");
        }
    }

    private List<Repair.Mended> mend(BothSides sides, RepairPlan plan) {
        try {
            // Whoever holds a lock for that long is at work on the target.
            sides.target().execute("SET LOCAL lock_timeout = '" + LOCK_SECONDS + "s'");
            AppPath path = AppPath.read(sides.source());
            List<Repair.Mended> done = new ArrayList<>(new RowRepair(sides, path, plan.tables(), progress).run());
            new LargeObjects(sides.source(), sides.target()).replace(plan.objects());
            plan.objects().forEach(object -> done.add(mended(PostgresCompare.LARGE_OBJECT + object)));
            path.within(sides.target(), () -> MaterializedViews.refreshAgain(sides.target(), plan.views()));
            plan.views().forEach(view -> done.add(mended("materialized view " + view.name())));
            Sequences.restart(sides.source(), sides.target(), plan.sequences());
            plan.sequences().forEach(sequence -> done.add(mended(PostgresCompare.POSITION + sequence)));
            sides.target().execute("COMMIT");
            return done;
        } catch (SQLException e) {
            throw PostgresFailure.repair("repair " + target + " from " + source, e);
        }
    }

    private static Repair.Mended mended(String item) {
        return new Repair.Mended(item, 0, 0);
    }

    private Comparison after(BothSides sides, Powers powers, Differences remaining) {
        try {
            sides.target().holdSnapshot();
            return PostgresCompare.compare(
                    sides.source(), sides.target(), powers, KnownDigests.NONE, RowsNow.NONE, remaining, progress);
        } catch (SQLException e) {
            return unknown(e);
        }
    }

    private Comparison unknown(SQLException e) {
        return new Comparison.Unknown(
                "Tried to compare " + source + " with " + target + " but " + PostgresFailure.line(e));
    }
}
