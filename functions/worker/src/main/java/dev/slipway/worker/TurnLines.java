package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.JointTurn.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the turns of one or several stores, as one would read it aloud, and their exit code. */
final class TurnLines {
    private static final double MILLIS = 1000;

    /** Which one was to take the writes: source or target. */
    private final String side;

    private final List<Pair> pairs;
    private final List<Turn> turns;

    TurnLines(String side, List<Pair> pairs, List<Turn> turns) {
        this.side = side;
        this.pairs = pairs;
        this.turns = turns;
    }

    int tell(Output output) throws JsonProcessingException {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        if (pairs.size() > 1) {
            for (int i = 0; i < pairs.size(); i++) {
                lines.add(pairs.get(i).writer() + ": " + line(turns.get(i)));
            }
        }
        for (int i = 0; i < pairs.size(); i++) {
            if (turns.get(i) instanceof Turn.Done done) {
                lines.add(StoreLines.of(pairs.get(i).writer().kind(), done.proof()));
            }
        }
        output.print(String.join("\n", lines), document());
        return whole() instanceof Turn.NotDone ? ExitCode.DIFFERENT : ExitCode.DONE;
    }

    /** One that was not made stands for all; otherwise the one that took longest. */
    private Turn whole() {
        return turns.stream().reduce(TurnLines::worse).orElseThrow();
    }

    private static Turn worse(Turn one, Turn other) {
        return switch (one) {
            case Turn.NotDone _ -> one;
            case Turn.Earlier _ -> other;
            case Turn.Done done ->
                switch (other) {
                    case Turn.NotDone _ -> other;
                    case Turn.Earlier _ -> one;
                    case Turn.Done later -> done.pause().compareTo(later.pause()) < 0 ? later : done;
                };
        };
    }

    private String headline() {
        return switch (whole()) {
            case Turn.Done done ->
                "the " + side + " takes the writes; neither side did for " + seconds(done.pause())
                        + "; the other side follows";
            case Turn.Earlier _ -> "the " + side + " takes the writes already";
            case Turn.NotDone notDone ->
                "rolled back after " + seconds(notDone.pause()) + ": " + notDone.reason() + "; writes go on as before";
        };
    }

    private String line(Turn turn) {
        return switch (turn) {
            case Turn.Done done -> "turned in " + seconds(done.pause());
            case Turn.Earlier _ -> "the " + side + " takes the writes already";
            case Turn.NotDone _ -> "goes on as before";
        };
    }

    private Map<String, Object> document() {
        Map<String, Object> document = document(whole());
        if (pairs.size() > 1) {
            List<Map<String, Object>> stores = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                Map<String, Object> store = new LinkedHashMap<>();
                store.put("from", pairs.get(i).writer().toString());
                store.put("to", pairs.get(i).follower().toString());
                store.putAll(document(turns.get(i)));
                stores.add(store);
            }
            document.put("stores", stores);
        }
        return document;
    }

    private Map<String, Object> document(Turn turn) {
        Map<String, Object> document = new LinkedHashMap<>();
        switch (turn) {
            case Turn.Done done -> {
                document.put("outcome", "done");
                document.put("writer", side);
                document.put("pause_ms", done.pause().toMillis());
                document.put("digest", done.proof().digest());
            }
            case Turn.Earlier _ -> {
                document.put("outcome", "earlier");
                document.put("writer", side);
            }
            case Turn.NotDone notDone -> {
                document.put("outcome", "rolled back");
                document.put("reason", notDone.reason());
                document.put("pause_ms", notDone.pause().toMillis());
            }
        }
        return document;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / MILLIS);
    }
}
