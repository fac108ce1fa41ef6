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
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who write without a rest, each text once, and keep what was acknowledged; what the first of them writes, at leisure, becomes
 * a file, too. Closing it sends them home.
 */
final class LiveWriters implements AutoCloseable {
    private static final int CREATED = 201;
    private static final Duration LEISURE = Duration.ofMillis(200);
    private static final Duration HASTE = Duration.ofMillis(10);

    /** Before somebody who was refused tries again. */
    private static final Duration REFUSED = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static final String FILED = "live-file-";

    private final HttpClient http;
    private final Queue<Written> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean open = true;

    /** @param at by {@link System#nanoTime} */
    private record Written(String text, long at) {}

    private LiveWriters(Demo demo, int writers, Duration leisure) {
        this.http =
                HttpClient.newBuilder().proxy(ProxySelector.of(demo.router())).build();
        URI page = URI.create("http://" + DemoAppFolder.record(DemoStory.APP) + "/auth/messages");
        Thread.ofVirtual().name("writer-of-files").start(() -> writeOnAndOn(page, FILED, leisure));
        URI plain = URI.create(page + "?plain");
        for (int writer = 1; writer < writers; writer++) {
            Thread.ofVirtual().name("writer-" + writer).start(() -> writeOnAndOn(plain, "live-", HASTE));
        }
    }

    static LiveWriters start(Demo demo, int writers) {
        return start(demo, writers, LEISURE);
    }

    /** @param leisure between two texts that become files */
    static LiveWriters start(Demo demo, int writers, Duration leisure) {
        return new LiveWriters(demo, writers, leisure);
    }

    private void writeOnAndOn(URI page, String prefix, Duration pause) {
        try {
            while (open) {
                boolean taken = write(page, prefix + UUID.randomUUID());
                Thread.sleep(taken ? pause : REFUSED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What nobody has acknowledged nobody may expect. */
    private boolean write(URI page, String text) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page).POST(BodyPublishers.ofString(text)).build();
        try {
            boolean taken = http.send(request, BodyHandlers.discarding()).statusCode() == CREATED;
            if (taken) {
                acknowledged.add(new Written(text, System.nanoTime()));
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

    List<String> acknowledged() {
        return acknowledged.stream().map(Written::text).toList();
    }

    /** How many were acknowledged in a second, on average. */
    long perSecond() {
        long[] times = acknowledged.stream().mapToLong(Written::at).sorted().toArray();
        return times.length * Duration.ofSeconds(1).toNanos() / Math.max(1, times[times.length - 1] - times[0]);
    }

    /** How many writes had no answer at all. */
    int unanswered() {
        return unanswered.get();
    }

    /** The longest time in which nobody's write was acknowledged. */
    Duration pause() {
        long[] times = acknowledged.stream().mapToLong(Written::at).sorted().toArray();
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return Duration.ofNanos(longest);
    }

    @Override
    public void close() {
        open = false;
        http.close();
    }
}
