package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TileTest {
    @Test
    void measuresThePauseOfWritesUntilTheTargetWasOpened() {
        assertThat(Tile.of(Examples.report("complete")))
                .contains(new Tile("Writes paused", "1 min 20 s", "until the target took them"))
                .contains(new Tile("Compared same", "3 of 3", "by content, both directions"));
    }

    @Test
    void measuresThePauseOfWritesUntilTheSourceWasOpenedAgain() {
        assertThat(Tile.of(Examples.report("rolled-back")))
                .contains(new Tile("Writes paused", "19 s", "until the source took them again"))
                .contains(new Tile("Compared same", "1 of 3", "by content, both directions"));
    }

    @Test
    void doesNotCallCopiedWhatFailed() {
        assertThat(Tile.of(Examples.hostile())).noneMatch(it -> it.label().equals("Copied"));
    }

    @Test
    void showsOnlyTheDurationOfAnAttemptThatReachedNoStore() {
        assertThat(Tile.of(Examples.report("rolled-back-early")))
                .containsExactly(new Tile("Duration", "9.4 s", "attempt 3"));
    }
}
