package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the plan's strategy cannot move. */
final class StrategyChecks {
    private final App app;
    private final List<Finding> blockers = new ArrayList<>();

    private StrategyChecks(App app) {
        this.app = app;
    }

    static List<Finding> of(App app, Spec spec) {
        StrategyChecks checks = new StrategyChecks(app);
        Strategy chosen = StrategyChoice.chosen(app, spec);
        if (chosen == Strategy.COMPUTE_FIRST) {
            Forerunners.impossible(app, spec)
                    .forEach(reason -> checks.block(
                            "strategy compute-first", reason + ": write 'strategy: switch' in slipway.yaml"));
        }
        boolean follows = chosen != Strategy.FREEZE;
        app.stores().forEach(follows ? checks::follows : checks::closes);
        return checks.blockers;
    }

    private void follows(AppStore store) {
        if (StrategyChoice.isTooOld(store)) {
            boolean open = app.stores().stream().anyMatch(StrategyChoice::staysOpen);
            block(
                    "store " + store.name(),
                    StrategyChoice.named(store) + " has no changes that could be followed: "
                            + (open ? "update it first" : "write 'strategy: freeze' in slipway.yaml"));
        }
    }

    private void closes(AppStore store) {
        if (StrategyChoice.staysOpen(store)) {
            String old = app.stores().stream()
                    .filter(StrategyChoice::isTooOld)
                    .map(one -> one.name() + " (" + StrategyChoice.named(one) + ")")
                    .collect(Collectors.joining(", "));
            block(
                    "store " + store.name(),
                    "nothing closes a bucket while it is copied: "
                            + (old.isEmpty() ? "" : "update " + old + " first, whose changes cannot be followed, and ")
                            + "write 'strategy: switch' in slipway.yaml");
        }
    }

    private void block(String subject, String message) {
        blockers.add(Finding.blocker(subject, message));
    }
}
