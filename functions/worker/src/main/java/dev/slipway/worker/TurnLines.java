package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.StoreKind;
import java.util.Locale;
import java.util.Map;

/** What became of a turn, as one would read it aloud, and its exit code. */
final class TurnLines {
    private static final double MILLIS = 1000;

    private TurnLines() {}

    /** @param side which one was to take the writes: source or target */
    static int tell(Output output, StoreKind kind, String side, Turn turn) throws JsonProcessingException {
        return switch (turn) {
            case Turn.Done done -> {
                output.print(
                        "the " + side + " takes the writes; neither side did for "
                                + seconds(done.pause().toMillis()) + "; the other side follows\n"
                                + StoreLines.of(kind, done.proof()),
                        Map.of(
                                "outcome",
                                "done",
                                "writer",
                                side,
                                "pause_ms",
                                done.pause().toMillis(),
                                "digest",
                                done.proof().digest()));
                yield ExitCode.DONE;
            }
            case Turn.Earlier _ -> {
                output.print("the " + side + " takes the writes already", Map.of("outcome", "earlier", "writer", side));
                yield ExitCode.DONE;
            }
            case Turn.NotDone notDone -> {
                output.print(
                        "rolled back after " + seconds(notDone.pause().toMillis()) + ": " + notDone.reason()
                                + "; writes go on as before",
                        Map.of(
                                "outcome",
                                "rolled back",
                                "reason",
                                notDone.reason(),
                                "pause_ms",
                                notDone.pause().toMillis()));
                yield ExitCode.DIFFERENT;
            }
        };
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%.2f s", milliseconds / MILLIS);
    }
}
