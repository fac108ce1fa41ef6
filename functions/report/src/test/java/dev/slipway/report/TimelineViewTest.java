package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.report.StateVisit.Ending;
import dev.slipway.report.TimelineView.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineViewTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void putsTheVisitsOfALoopIntoOneRow() {
        TimelineView view = view(
                20,
                visit("Raise weight", 0, 4),
                visit("Bake", 4, 10),
                visit("Raise weight", 10, 14),
                visit("Bake", 14, 20));
        assertThat(view.rows()).extracting(Row::state).containsExactly("Raise weight", "Bake");
        assertThat(view.rows()).extracting(Row::took).containsExactly("8.0 s", "12 s");
        assertThat(view.rows()).extracting(Row::note).containsOnly("2 visits");
        assertThat(view.rows().getFirst().bars())
                .containsExactly(new TimelineView.Bar("0", "20", "good"), new TimelineView.Bar("50", "20", "good"));
    }

    @Test
    void usesALogarithmicScaleWhereMostStatesWouldBeTooSmallToSee() {
        TimelineView view = view(
                36_010,
                visit("Plan", 0, 1),
                visit("Provision", 1, 2),
                visit("Restore", 2, 36_002),
                visit("Verify", 36_002, 36_010));
        assertThat(view.caption()).contains("logarithmic");
        assertThat(view.ticks())
                .extracting(TimeAxis.Tick::label)
                .containsExactly("1 s", "10 s", "1 min", "10 min", "1 h", "10 h");
        assertThat(view.rows().get(2).bars()).containsExactly(new TimelineView.Bar("0", "100", "good"));
        assertThat(view.rows().getFirst().bars()).containsExactly(new TimelineView.Bar("0", "18", "good"));
    }

    @Test
    void drawsAStateThatIsStillAtWorkUntilTheEndOfTheReport() {
        TimelineView view = new Builder(10).of(List.of(StateVisit.open("Report", START.plusSeconds(5), 2)));
        assertThat(view.rows().getFirst().badge()).isEqualTo(new Badge("writing this", "plain"));
        assertThat(view.rows().getFirst().note()).isEqualTo("2 tries");
        assertThat(view.rows().getFirst().bars()).containsExactly(new TimelineView.Bar("50", "50", "plain"));
    }

    private static TimelineView view(long seconds, StateVisit... visits) {
        return new Builder(seconds).of(List.of(visits));
    }

    private static StateVisit visit(String state, long from, long to) {
        return StateVisit.ended(state, START.plusSeconds(from), START.plusSeconds(to), Ending.OK, 1);
    }

    private record Builder(long seconds) {
        TimelineView of(List<StateVisit> visits) {
            Report report = new Report(
                    "shop",
                    1,
                    Optional.empty(),
                    Report.Outcome.COMPLETE,
                    Optional.empty(),
                    START,
                    START.plusSeconds(seconds),
                    visits,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
            return TimelineView.of(report).orElseThrow();
        }
    }
}
