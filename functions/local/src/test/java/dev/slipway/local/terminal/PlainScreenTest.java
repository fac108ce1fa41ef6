package dev.slipway.local.terminal;

import static dev.slipway.local.terminal.Story.at;
import static dev.slipway.local.terminal.Story.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
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
        screen.show(moved(2, 412_000, 61_200_000));
        assertThat(lines)
                .containsExactly(
                        "Restore stores  postgres       0 B of 104.0 MB        0 rows of 700,000",
                        "Restore stores  postgres   61.2 MB of 104.0 MB  412,000 rows of 700,000  31 MB/s  about 1 s left");
    }

    @Test
    void saysAStoreOnlyOnceInTwoSecondsButAlwaysItsLastAmount() {
        screen.show(new Event.Entered(at(0), "Restore stores", 1));
        for (int tenth = 0; tenth <= 35; tenth++) {
            screen.show(moved(tenth / 10.0, tenth * 20_000L, tenth * 104_000_000L / 35));
        }
        screen.show(new Event.Exited(at(3.6), "Restore stores", Ending.OK));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).contains("400,000 rows of 700,000");
        assertThat(lines.get(3)).isEqualTo("Restore stores  postgres  104.0 MB of 104.0 MB  700,000 rows of 700,000");
        assertThat(lines.get(4)).isEqualTo("Restore stores  done in 3.6 s");
    }

    @Test
    void keepsTheStoresApart() {
        screen.show(moved(0, 0, 0));
        screen.show(keys(0.1, 0));
        screen.show(keys(2.2, 12_000));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2))
                .isEqualTo("Restore stores  redis     12,000 keys of 50,000  5,714 keys/s  about 7 s left");
    }

    @Test
    void saysANewWeightAtOnceAndTheSameOneOnceInTwoSeconds() {
        screen.show(new Event.Shifted(at(0), "Shift weights", 10, Optional.empty()));
        screen.show(new Event.Shifted(at(1), "Shift weights", 10, Optional.of(0.0)));
        screen.show(new Event.Shifted(at(1.5), "Shift weights", 50, Optional.of(0.0071)));
        assertThat(lines)
                .containsExactly(
                        "Shift weights  10 % of the traffic goes to the new side  its errors are not measured yet",
                        "Shift weights  50 % of the traffic goes to the new side  0.71 % of its requests failed");
    }

    @Test
    void letsNoTextMoveTheCursorOrBreakTheLine() {
        screen.show(new Event.Said(at(0), "Worker 1 stopped\n\033[2Jand a second one goes on"));
        assertThat(lines).containsExactly("Worker 1 stopped [2Jand a second one goes on");
    }

    private static Event.Moved keys(double seconds, long keys) {
        return new Event.Moved(
                at(seconds), "Restore stores", "redis", StoreKind.REDIS, new Progress.Amount("0", keys, 50_000, 0, 0));
    }
}
