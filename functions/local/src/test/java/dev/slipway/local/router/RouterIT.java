package dev.slipway.local.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.router.NameRecords.Weighted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterIT {
    private static final String PUBLIC = "www.school.example";
    private static final String DNS = "school-1.us-east-1.elb.amazonaws.com";
    private static final String BALANCER = "app/school/1";
    private static final String AUTH = "arn:aws:elasticloadbalancing:x:targetgroup/auth/1";
    private static final String OTHER = "arn:aws:elasticloadbalancing:x:targetgroup/other/2";

    private final Map<String, List<Weighted>> records = new ConcurrentHashMap<>();
    private final FakeBalancers balancers = new FakeBalancers();
    private final FakeCloudWatch cloudWatch = new FakeCloudWatch();
    private HttpServer oldServer;
    private HttpServer newServer;
    private Router router;
    private HttpClient client;

    @BeforeEach
    void open() throws IOException {
        oldServer = server("127.0.0.1");
        newServer = server("127.0.8.8");
        balancers.add(DNS, BALANCER, AUTH, OTHER);
        balancers.groups.put(AUTH, List.of(target(newServer)));
        balancers.groups.put(OTHER, List.of(target(newServer)));
        records.put(PUBLIC, List.of(new Weighted("source.local", 50), new Weighted(DNS, 50)));
        Names names = new Names(
                Map.of("source.local", List.of(new OldServer("/", oldServer.getAddress()))),
                () -> new NameRecords(records),
                balancers,
                new SplittableRandom(1));
        router = new Router(names, new Tally(InstantSource.system()), new Publisher(cloudWatch, balancers)).start();
        client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(router.address()))
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        router.close();
        oldServer.stop(0);
        newServer.stop(0);
    }

    @Test
    void carriesBodiesBothWaysOverKeptConnections() throws Exception {
        byte[] body = new byte[3_000_000];
        for (int round = 0; round < 3; round++) {
            HttpRequest known = asking("/echo?a=%20b")
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            assertThat(client.send(known, BodyHandlers.ofByteArray()).body()).isEqualTo(body);
            HttpRequest chunked = asking("/echo")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                    .build();
            assertThat(client.send(chunked, BodyHandlers.ofByteArray()).body()).isEqualTo(body);
        }
        HttpResponse<Void> head = client.send(asking("/echo").HEAD().build(), BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
    }

    @Test
    void reportsWhatALoadBalancerWouldAndRefusalsApart() throws Exception {
        records.put(PUBLIC, List.of(new Weighted(DNS, 1)));
        for (String path : List.of("/ok", "/ok", "/ok", "/fail", "/refuse", "/refuse")) {
            client.send(asking(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        }
        newServer.stop(0);
        HttpResponse<String> none = client.send(asking("/ok").build(), BodyHandlers.ofString());
        assertThat(none.statusCode()).isEqualTo(502);
        assertThat(none.headers().firstValue("X-Routed-To")).contains(BALANCER);
        router.close();

        assertThat(cloudWatch.sum("RequestCount", BALANCER)).isEqualTo(7);
        assertThat(cloudWatch.sum("HTTPCode_Target_2XX_Count", BALANCER)).isEqualTo(3);
        assertThat(cloudWatch.sum("HTTPCode_Target_5XX_Count", BALANCER)).isEqualTo(1);
        assertThat(cloudWatch.sum("HTTPCode_ELB_5XX_Count", BALANCER)).isEqualTo(1);
        assertThat(cloudWatch.sum("ReadOnlyRefusals", BALANCER)).isEqualTo(2);
        assertThat(cloudWatch.samples("TargetResponseTime", BALANCER)).isEqualTo(4);
        assertThat(cloudWatch.sum("HealthyHostCount", "targetgroup/auth/1")).isPositive();
        assertThat(cloudWatch.data).allMatch(datum -> datum.storageResolution() == 1);
    }

    @Test
    void refusesANameThatNobodyKnows() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://nobody.example/")).build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("nobody.example");
    }

    @Test
    void letsVisitorsSeeBothSidesAndCountsThem() {
        Visit visit =
                new Visit(PUBLIC, 200, new PreschoolVisit(List.of("auth", "communication"), 10, List.of("a b.jpg")));
        Visitors visitors = Visitors.start(router.address(), visit);
        try (visitors) {
            long until = System.nanoTime() + 20_000_000_000L;
            while (requests(visitors) < 300 && System.nanoTime() < until) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        router.close();
        assertThat(visitors.counts().keySet()).containsExactlyInAnyOrder("old", BALANCER);
        assertThat(cloudWatch.sum("RequestCount", BALANCER) + cloudWatch.sum("RequestCount", "old"))
                .isEqualTo((double) requests(visitors));
        assertThat(visitors.seconds()).allMatch(second -> second.errors() == 0);
    }

    private static long requests(Visitors visitors) {
        return visitors.seconds().stream()
                .mapToLong(second -> second.oldRequests() + second.newRequests())
                .sum();
    }

    private static HttpRequest.Builder asking(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + PUBLIC + path));
    }

    private static Balancer.Target target(HttpServer server) {
        return new Balancer.Target(
                server.getAddress().getHostString(), server.getAddress().getPort(), "healthy");
    }

    private static HttpServer server(String address) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", RouterIT::play);
        server.start();
        return server;
    }

    private static void play(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/refuse")) {
            exchange.getResponseHeaders().set("X-Read-Only", "true");
        }
        int status = Map.of("/fail", 500, "/refuse", 503).getOrDefault(path, 200);
        byte[] answer = path.equals("/echo") ? body : "hello".getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : answer.length);
        if (!head) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }
}
