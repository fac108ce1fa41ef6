package dev.slipway.local.demo;

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

/** People who write without a rest, each text once, and keep what was acknowledged. Closing it sends them home. */
final class LiveWriters implements AutoCloseable {
    private static final int CREATED = 201;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final HttpClient http;
    private final URI page;
    private final Queue<Written> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean open = true;

    /** @param at by {@link System#nanoTime} */
    private record Written(String text, long at) {}

    private LiveWriters(Demo demo, int writers) {
        this.http =
                HttpClient.newBuilder().proxy(ProxySelector.of(demo.router())).build();
        this.page = URI.create("http://" + DemoAppFolder.record(DemoStory.APP) + "/auth/messages");
        for (int writer = 0; writer < writers; writer++) {
            Thread.ofVirtual().name("writer-" + writer).start(this::writeOnAndOn);
        }
    }

    static LiveWriters start(Demo demo, int writers) {
        return new LiveWriters(demo, writers);
    }

    private void writeOnAndOn() {
        try {
            while (open) {
                write("live-" + UUID.randomUUID());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What nobody has acknowledged nobody may expect. */
    private void write(String text) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page).POST(BodyPublishers.ofString(text)).build();
        try {
            if (http.send(request, BodyHandlers.discarding()).statusCode() == CREATED) {
                acknowledged.add(new Written(text, System.nanoTime()));
            }
        } catch (IOException lost) {
            unanswered.incrementAndGet();
        }
    }

    List<String> acknowledged() {
        return acknowledged.stream().map(Written::text).toList();
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
