package dev.slipway.local.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.account.Clients;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * The Internet of a local run, as an HTTP proxy: it resolves names as the account's Route 53 says, is the account's load
 * balancers, and reports to CloudWatch what they would report.
 */
public final class Router implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final Duration RECORDS_AGE = Duration.ofSeconds(1);
    private static final int HTTP = 80;
    private static final int BAD_GATEWAY = 502;

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("route-", 0).factory());
    private final Forwarding forwarding = new Forwarding(executor);
    private final Names names;
    private final Tally tally;
    private final Reporting reporting;
    private final HttpServer server;

    Router(Names names, Tally tally, Publisher publisher) throws IOException {
        // See SampleService: without it each kept connection waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.names = names;
        this.tally = tally;
        this.reporting = new Reporting(tally, publisher);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /**
     * Opens the router on a free port of 127.0.0.1.
     *
     * @param account where the account answers
     * @param old the names of servers outside the account, such as the one that the app comes from
     */
    public static Router open(URI account, Map<String, List<OldServer>> old) throws IOException {
        return open(account, old, Map.of());
    }

    /** @param servers private addresses of the account's EC2 instances that load balancers lead to, by their ids */
    public static Router open(URI account, Map<String, List<OldServer>> old, Map<String, String> servers)
            throws IOException {
        InstantSource clock = InstantSource.system();
        Route53Client route53 = in(account, Route53Client.builder());
        AccountBalancers balancers =
                new AccountBalancers(in(account, ElasticLoadBalancingV2Client.builder()), servers, clock);
        Cached<NameRecords> records = new Cached<>(new AccountRecords(route53), RECORDS_AGE, clock);
        CloudWatchClient cloudWatch = in(account, CloudWatchClient.builder());
        Names names = new Names(
                old, records, balancers, () -> ThreadLocalRandom.current().nextLong());
        return new Router(names, new Tally(clock), new Publisher(cloudWatch, balancers)).start();
    }

    /** The emulated account looks at no signature, but the SDK wants to make one. */
    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C in(URI account, B builder) {
        return Clients.of(builder.endpointOverride(account)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))));
    }

    Router start() {
        server.start();
        reporting.start();
        return this;
    }

    /** For {@code -Dhttp.proxyHost} and {@code -Dhttp.proxyPort}. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        if (uri.getHost() == null) {
            respond(exchange, 400, "this is a proxy: ask it for http://name/path", "none");
            return;
        }
        Destination destination = find(uri);
        switch (destination) {
            case Destination.Server found -> forward(exchange, found);
            case Destination.Answer answer -> {
                answer.side().ifPresent(side -> tally.count(side, answer.status(), false, false, Duration.ZERO));
                respond(
                        exchange,
                        answer.status(),
                        answer.body(),
                        answer.side().map(Side::label).orElse("none"));
            }
        }
    }

    private Destination find(URI uri) {
        try {
            return names.find(uri.getHost(), uri.getPort() < 0 ? HTTP : uri.getPort(), Forwarding.path(uri));
        } catch (RuntimeException e) {
            return Destination.Answer.badGateway("resolving " + uri.getHost() + " failed: " + e);
        }
    }

    private void forward(HttpExchange exchange, Destination.Server found) throws IOException {
        long begin = System.nanoTime();
        try {
            HttpResponse<InputStream> response = forwarding.send(exchange, found.address());
            boolean refused = response.headers()
                    .firstValue("X-Read-Only")
                    .filter("true"::equals)
                    .isPresent();
            tally.count(
                    found.side(), response.statusCode(), refused, true, Duration.ofNanos(System.nanoTime() - begin));
            Forwarding.answer(exchange, response, found.side().label());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        } catch (IOException e) {
            unreachable(exchange, found, e);
        }
    }

    private void unreachable(HttpExchange exchange, Destination.Server found, IOException cause) throws IOException {
        if (exchange.getResponseCode() >= 0) {
            throw cause;
        }
        tally.count(found.side(), BAD_GATEWAY, false, false, Duration.ZERO);
        respond(
                exchange,
                BAD_GATEWAY,
                found.address() + " does not answer: " + cause,
                found.side().label());
    }

    private static void respond(HttpExchange exchange, int status, String text, String side) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.getResponseHeaders().set("X-Routed-To", side);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Stops to listen and publishes what has been counted last. */
    @Override
    public void close() {
        server.stop(0);
        forwarding.close();
        executor.close();
        reporting.close();
    }
}
