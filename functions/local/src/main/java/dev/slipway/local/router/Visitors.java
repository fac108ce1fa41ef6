package dev.slipway.local.router;

import dev.slipway.report.TrafficSecond;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** People who use the app while it moves: steady requests through the router. */
public final class Visitors implements AutoCloseable {
    private static final int MOST_AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Visit visit;
    private final VisitLog log = new VisitLog();
    private final SplittableRandom random = new SplittableRandom(3);
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("visitor-", 0).factory());
    private final HttpClient client;
    private final Thread clock;
    private volatile boolean open = true;

    private Visitors(InetSocketAddress router, Visit visit) {
        this.visit = visit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(router))
                .executor(executor)
                .build();
        this.clock = Thread.ofVirtual().name("visitors").unstarted(this::comeAndGo);
    }

    /** Lets them come until it is closed. */
    public static Visitors start(InetSocketAddress router, Visit visit) {
        Visitors visitors = new Visitors(router, visit);
        visitors.clock.start();
        return visitors;
    }

    /** What they saw so far, second by second. */
    public List<TrafficSecond> seconds() {
        return log.seconds();
    }

    /** How many answers of each status each side gave; a connection that broke counts as status 0 of nobody. */
    public Map<String, Map<Integer, Long>> counts() {
        return log.counts();
    }

    private void comeAndGo() {
        long pause = Duration.ofSeconds(1).toNanos() / visit.perSecond();
        long next = System.nanoTime();
        while (open) {
            HttpRequest request = request();
            // Where the app hangs, the next wait at the door; they do not pile up.
            places.acquireUninterruptibly();
            executor.execute(() -> ask(request));
            next = Math.max(next + pause, System.nanoTime());
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void ask(HttpRequest request) {
        try {
            HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
            boolean refused = response.headers().firstValue("X-Read-Only").isPresent();
            String side = response.headers().firstValue("X-Routed-To").orElse("none");
            log.add(Instant.now(), side, response.statusCode(), refused);
        } catch (IOException e) {
            if (open) {
                log.add(Instant.now(), "none", 0, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private HttpRequest request() {
        Wishes.Wish wish = visit.wishes().draw(random);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + visit.host() + wish.path()))
                .timeout(PATIENCE);
        wish.written().ifPresent(text -> request.POST(BodyPublishers.ofString(text)));
        return request.build();
    }

    /** Lets nobody in any more and waits for those who are inside. */
    @Override
    public void close() {
        open = false;
        LockSupport.unpark(clock);
        try {
            clock.join();
            client.close();
        } catch (InterruptedException e) {
            client.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executor.close();
    }
}
