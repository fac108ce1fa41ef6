package dev.slipway.steps;

import dev.slipway.migration.exception.MigrationLocked;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One app's turn, in memory. */
final class FakeTurns implements Turns {
    private @Nullable Turn turn;

    FakeTurns stands(Turn there) {
        turn = there;
        return this;
    }

    Turn.Stage stage() {
        return find("").orElseThrow().stage();
    }

    @Override
    public Optional<Turn> find(String app) {
        return Optional.ofNullable(turn);
    }

    @Override
    public void take(String app, Optional<Turn> found, Turn next) {
        if (!find(app).equals(found)) {
            throw new MigrationLocked("turn", "another one stands there", "wait");
        }
        turn = next;
    }

    @Override
    public Turn advance(String app, String execution, Set<Turn.Stage> from, Turn.Stage to) {
        Set<Turn.Stage> at = EnumSet.of(to);
        at.addAll(from);
        Turn moved = require(app, execution, at).at(to);
        turn = moved;
        return moved;
    }
}
