package dev.slipway.local.router;

import dev.slipway.report.TrafficSecond;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What visitors saw: by second, and by side and status. */
final class VisitLog {
    private final TreeMap<Instant, TrafficSecond> seconds = new TreeMap<>();
    private final TreeMap<String, TreeMap<Integer, Long>> counts = new TreeMap<>();

    synchronized void add(Instant at, String side, int status, boolean refused) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        boolean old = side.equals("old");
        boolean fresh = !old && !side.equals("none");
        boolean error = !refused && (status >= 500 || status == 0);
        TrafficSecond one = new TrafficSecond(second, old ? 1 : 0, fresh ? 1 : 0, error ? 1 : 0, refused ? 1 : 0);
        seconds.merge(second, one, VisitLog::sum);
        counts.computeIfAbsent(side, name -> new TreeMap<>()).merge(status, 1L, Long::sum);
    }

    synchronized List<TrafficSecond> seconds() {
        return List.copyOf(seconds.values());
    }

    synchronized Map<String, Map<Integer, Long>> counts() {
        Map<String, Map<Integer, Long>> copy = new TreeMap<>();
        counts.forEach((side, statuses) -> copy.put(side, new TreeMap<>(statuses)));
        return copy;
    }

    private static TrafficSecond sum(TrafficSecond first, TrafficSecond second) {
        return new TrafficSecond(
                first.at(),
                first.oldRequests() + second.oldRequests(),
                first.newRequests() + second.newRequests(),
                first.errors() + second.errors(),
                first.refusals() + second.refusals());
    }
}
