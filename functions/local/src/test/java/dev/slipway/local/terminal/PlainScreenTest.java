package dev.slipway.local.terminal;

import static dev.slipway.local.terminal.Story.at;
import static dev.slipway.local.terminal.Story.keys;
import static dev.slipway.local.terminal.Story.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.report.StateVisit.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainScreenTest {
    private final List<String> lines = new ArrayList<>();
    private final PlainScreen screen = new PlainScreen(lines::add);

    @Test
    void saysEachChangeOfAState() {
        screen.show(new Event.Entered(at(0), "Plan migration", 1));
        screen.show(new Event.Exited(at(1.8), "Plan migration", Ending.OK));
        screen.show(new Event.Entered(at(1.8), "Verify", 2));
        screen.show(new Event.Exited(at(64), "Verify", Ending.FAILED));
        assertThat(lines)
                .containsExactly(
                        "Plan migration  started",
                        "Plan migration  done in 1.8 s",
                        "Verify  started again, try 2",
                        "Verify  failed after 1 min 2 s");
    }

    @Test
    void saysHowFarAStoreIsInWordsOneCanReadAloud() {
        screen.show(moved(0, 0, 0));
        screen.show(moved(5, 412_000, 61_200_000));
        assertThat(lines)
                .containsExactly(
                        "Restore stores  postgres       0 B of 104.0 MB        0 rows of 700,000",
                        "Restore stores  postgres   61.2 MB of 104.0 MB  412,000 rows of 700,000  12 MB/s  about 3 s left");
    }

    @Test
    void saysAStoreOnlyOnceInFiveSecondsButAlwaysItsLastAmount() {
        screen.show(new Event.Entered(at(0), "Restore stores", 1));
        for (int tenth = 0; tenth <= 65; tenth++) {
            screen.show(moved(tenth / 10.0, tenth * 700_000L / 65, tenth * 104_000_000L / 65));
        }
        screen.show(new Event.Exited(at(6.6), "Restore stores", Ending.OK));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).contains("538,461 rows of 700,000");
        assertThat(lines.get(3)).isEqualTo("Restore stores  postgres  104.0 MB of 104.0 MB  700,000 rows of 700,000");
        assertThat(lines.get(4)).isEqualTo("Restore stores  done in 6.6 s");
    }

    @Test
    void saysNothingTwice() {
        screen.show(moved(0, 700_000, 104_000_000));
        screen.show(moved(6, 700_000, 104_000_000));
        screen.show(new Event.Exited(at(7), "Restore stores", Ending.OK));
        assertThat(lines).hasSize(2);
    }

    @Test
    void keepsTheStoresApart() {
        screen.show(moved(0, 0, 0));
        screen.show(keys(0.1, 0));
        screen.show(keys(5.2, 12_000));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2))
                .isEqualTo("Restore stores  redis     12,000 keys of 50,000  2,353 keys/s  about 20 s left");
    }

    @Test
    void saysANewWeightAtOnceAndTheSameOneOnceInFiveSeconds() {
        screen.show(new Event.Shifted(at(0), "Shift weights", 10, Optional.empty()));
        screen.show(new Event.Shifted(at(4), "Shift weights", 10, Optional.of(0.0)));
        screen.show(new Event.Shifted(at(4.5), "Shift weights", 50, Optional.of(0.0071)));
        assertThat(lines)
                .containsExactly(
                        "Shift weights  10 % of the traffic on the new side  failures not measured yet",
                        "Shift weights  50 % of the traffic on the new side  0.71 % of it failed  about 6 s left");
    }

    @Test
    void letsNoTextMoveTheCursorOrBreakTheLine() {
        screen.show(new Event.Said(at(0), "Worker 1 stopped\n\033[2Jand a second one goes on"));
        assertThat(lines).containsExactly("Worker 1 stopped [2Jand a second one goes on");
    }
}
