package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** People who write without a rest, each text once, and keep what was acknowledged. Closing it sends them home. */
final class LiveWriters implements AutoCloseable {
    private static final Duration LATELY = Duration.ofSeconds(10);
    private static final int CREATED = 201;

    /** Before somebody who was refused tries again. */
    private static final Duration REFUSED = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http;
    private final Queue<Written> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean open = true;

    /**
     * What was acknowledged.
     *
     * @param at by {@link System#nanoTime}
     */
    record Written(LiveWrites kind, String text, long at) {}

    private LiveWriters(Demo demo, List<LiveWrites> writers) {
        this.http =
                HttpClient.newBuilder().proxy(ProxySelector.of(demo.router())).build();
        for (LiveWrites kind : writers) {
            URI page = URI.create("http://" + demo.record() + kind.page());
            Thread.ofVirtual().name("writer-of-" + kind.prefix()).start(() -> writeOnAndOn(page, kind));
        }
    }

    /** One writer of each. */
    static LiveWriters start(Demo demo, List<LiveWrites> writers) {
        return new LiveWriters(demo, writers);
    }

    private void writeOnAndOn(URI page, LiveWrites kind) {
        try {
            while (open) {
                boolean taken = write(page, kind);
                Thread.sleep(taken ? kind.pause() : REFUSED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What nobody has acknowledged nobody may expect. */
    private boolean write(URI page, LiveWrites kind) throws InterruptedException {
        String text = kind.prefix() + UUID.randomUUID();
        HttpRequest request =
                HttpRequest.newBuilder(page).POST(BodyPublishers.ofString(text)).build();
        try {
            boolean taken = http.send(request, BodyHandlers.discarding()).statusCode() == CREATED;
            if (taken) {
                acknowledged.add(new Written(kind, text, System.nanoTime()));
            }
            return taken;
        } catch (IOException lost) {
            unanswered.incrementAndGet();
            return false;
        }
    }

    /** Returns when so many more were acknowledged: somebody takes writes. */
    void awaitMore(int writes) throws InterruptedException {
        int enough = acknowledged.size() + writes;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (acknowledged.size() < enough) {
            assertThat(System.nanoTime()).as("writes go on").isLessThan(until);
            Thread.sleep(REFUSED);
        }
    }

    List<Written> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** How many were acknowledged in a second, on average. */
    private long perSecond() {
        long[] times = times();
        return times.length * Duration.ofSeconds(1).toNanos() / Math.max(1, times[times.length - 1] - times[0]);
    }

    /** The longest time in which nobody's write was acknowledged. */
    Duration pause() {
        long[] times = times();
        int end = endOfPause(times);
        return Duration.ofNanos(times[end] - times[end - 1]);
    }

    /** How many were acknowledged in a second, in the last ten before that time. */
    private long perSecondBeforePause() {
        long[] times = times();
        long beginning = times[endOfPause(times) - 1];
        return Arrays.stream(times)
                        .filter(time -> time <= beginning && beginning - time < LATELY.toNanos())
                        .count()
                / LATELY.toSeconds();
    }

    private long[] times() {
        return acknowledged.stream().mapToLong(Written::at).sorted().toArray();
    }

    private static int endOfPause(long[] times) {
        return IntStream.range(1, times.length)
                .boxed()
                .max(Comparator.comparingLong(i -> times[i] - times[i - 1]))
                .orElseThrow();
    }

    /** What those who wrote have seen, in one line. */
    String told() {
        return "No write was acknowledged for " + pause().toMillis() + " ms, after " + perSecondBeforePause()
                + " a second; " + acknowledged.size() + " were in all, " + perSecond() + " a second, "
                + unanswered.get()
                + " had no answer";
    }

    @Override
    public void close() {
        open = false;
        http.close();
    }
}
