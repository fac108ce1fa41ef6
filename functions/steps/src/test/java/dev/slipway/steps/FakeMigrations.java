package dev.slipway.steps;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.StaleAttempt;
import java.util.Optional;
import java.util.Set;

/** One migration's row, in memory. */
final class FakeMigrations implements Migrations {
    private final Attempt attempt;
    private Phase phase;

    FakeMigrations(Attempt attempt, Phase phase) {
        this.attempt = attempt;
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    @Override
    public Optional<Row> find(String app) {
        return Optional.of(new Row(attempt, phase, "execution"))
                .filter(row -> row.attempt().app().equals(app));
    }

    @Override
    public void advance(Attempt holder, Set<Phase> from, Phase to) {
        if (!holder.equals(attempt) || !(from.contains(phase) || phase == to)) {
            throw new StaleAttempt("move " + holder.app() + " to " + to, "it is " + phase, "do nothing");
        }
        phase = to;
    }
}
