package dev.slipway.local.terminal;

import static dev.slipway.local.terminal.Story.at;
import static dev.slipway.local.terminal.Story.keys;
import static dev.slipway.local.terminal.Story.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.report.StateVisit.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveScreenTest {
    private static final String WRAP_OFF = "\033[?7l";

    private final List<String> frames = new ArrayList<>();
    private int columns = 200;
    private final LiveScreen screen = new LiveScreen(frames::add, new Paint(false, true), () -> columns);

    @Test
    void drawsTheBlockOverTheOneBefore() {
        screen.show(new Event.Entered(at(0), "Restore stores", 1));
        screen.show(moved(1, 412_000, 61_200_000));
        String bar = "██████████████░░░░░░░░░░";
        String store = "postgres   61.2 MB of 104.0 MB  412,000 rows of 700,000";
        assertThat(frames)
                .containsExactly(
                        frame("", "● Restore stores  0.0 s"),
                        frame("\033[1A\r\033[J", "● Restore stores  1.0 s", "    " + bar + "  " + store));
    }

    @Test
    void leavesALineForEachStateThatEnded() {
        screen.show(new Event.Entered(at(0), "Verify", 1));
        screen.show(new Event.Exited(at(3), "Verify", Ending.FAILED));
        assertThat(frames.getLast()).isEqualTo("\033[1A\r\033[J✗ Verify  failed after 3.0 s\n" + frame(""));
    }

    @Test
    void leavesHowFarEachStoreCameWithoutASpeedThatIsOver() {
        screen.show(new Event.Entered(at(0), "Restore stores", 1));
        screen.show(moved(1, 100_000, 20_000_000));
        screen.show(moved(2, 412_000, 61_200_000));
        screen.show(new Event.Exited(at(3), "Restore stores", Ending.ABORTED));
        assertThat(frames.getLast())
                .endsWith("■ Restore stores  stopped after 3.0 s\n"
                        + "    postgres   61.2 MB of 104.0 MB  412,000 rows of 700,000\n"
                        + frame(""));
    }

    @Test
    void leavesALoopsLaterVisitsOutUnlessTheyFail() {
        visit(0, Ending.OK);
        visit(10, Ending.OK);
        assertThat(String.join("", frames)).containsOnlyOnce("done in");
        visit(20, Ending.FAILED);
        assertThat(frames.getLast()).contains("✗ Wait for target  failed after 5.0 s");
    }

    @Test
    void drawsAtMostTenTimesASecond() {
        screen.show(new Event.Entered(at(0), "Restore stores", 1));
        for (int millis = 0; millis < 1000; millis += 5) {
            screen.show(moved(millis / 1000.0, millis, millis));
        }
        assertThat(frames).hasSize(10);
    }

    @Test
    void showsTheWeightAsABar() {
        screen.show(new Event.Shifted(at(0), "Shift weights", 50, Optional.of(0.0)));
        assertThat(frames.getLast())
                .contains("████████████░░░░░░░░░░░░  50 % of the traffic on the new side  0 % of it failed");
    }

    @ParameterizedTest
    @CsvSource({
        "200, '    ██████████████░░░░░░░░░░  postgres   61.2 MB of 104.0 MB  412,000 rows of 700,000  6.1 MB/s  about 7 s left  public.visits'",
        "115, '    ██████████████░░░░░░░░░░  postgres   61.2 MB of 104.0 MB  412,000 rows of 700,000  6.1 MB/s  about 7 s left'",
        "100, '    ██████████████░░░░░░░░░░  postgres   61.2 MB of 104.0 MB  6.1 MB/s  about 7 s left'",
        "80, '    ███████░░░░░  postgres   61.2 MB of 104.0 MB  6.1 MB/s  about 7 s left'",
        "60, '    postgres   61.2 MB of 104.0 MB  6.1 MB/s  about 7 s left'",
        "50, '    postgres   61.2 MB of 104.0 MB  about 7 s left'"
    })
    void tellsWhatMattersMostWhereThereIsLittleRoom(int width, String line) {
        columns = width;
        screen.show(new Event.Entered(at(0), "Restore stores", 1));
        for (int second = 0; second <= 10; second++) {
            screen.show(moved(second, second * 41_200L, second * 6_120_000L));
        }
        assertThat(frames.getLast()).contains("\n" + line + "\n");
    }

    @Test
    void tellsTheTimeLeftOfAStateOnlyOnceEachOfItsStoresTellsIts() {
        screen.show(new Event.Planned(at(0), Set.of("postgres", "redis")));
        screen.show(new Event.Entered(at(0), "Restore stores", 1));
        for (int second = 0; second <= 10; second++) {
            screen.show(moved(second, second * 41_200L, second * 6_120_000L));
        }
        assertThat(frames.getLast()).contains("● Restore stores  10 s\n");
        for (int second = 11; second <= 14; second++) {
            screen.show(keys(second, (second - 10) * 1000L));
        }
        assertThat(frames.getLast()).contains("● Restore stores  14 s  about 50 s left\n");
    }

    @Test
    void letsALongLineThatStaysWrap() {
        screen.show(new Event.Said(at(0), "x".repeat(300)));
        assertThat(frames.getLast()).startsWith("x".repeat(300) + "\n" + WRAP_OFF);
    }

    @Test
    void takesTheBlockAwayWhenClosed() {
        screen.show(new Event.Entered(at(0), "Plan migration", 1));
        screen.close();
        assertThat(frames.getLast()).isEqualTo("\033[1A\r\033[J");
    }

    private static String frame(String before, String... lines) {
        return before + WRAP_OFF + Stream.of(lines).map(line -> line + "\n").collect(Collectors.joining()) + "\033[?7h";
    }

    private void visit(double seconds, Ending ending) {
        screen.show(new Event.Entered(at(seconds), "Wait for target", 1));
        screen.show(new Event.Exited(at(seconds + 5), "Wait for target", ending));
    }
}
