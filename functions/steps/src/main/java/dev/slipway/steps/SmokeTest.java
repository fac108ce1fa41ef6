package dev.slipway.steps;

import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.PlannedService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a service of the new side through its load balancer, before any user does. Where HTTP leads to HTTPS, as it does with a
 * certificate, the service is asked there, and the certificate has to be one of the name that users call.
 */
class SmokeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
    private static final int HTTPS = 443;

    // The load balancer's rules look at it. The client reads this when its class is loaded.
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final NamedRequest https;

    SmokeTest() {
        this((SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    SmokeTest(SSLSocketFactory sockets) {
        this.https = new NamedRequest(sockets, PATIENCE);
    }

    /**
     * @param record the name that users call, if no rule has one of its own
     * @throws DeployFailed if a public service does not answer, or answers with a server error
     */
    void test(PlannedService service, Optional<String> record, String loadBalancer) {
        service.paths().stream().findFirst().ifPresent(path -> {
            URI uri = URI.create("http://" + loadBalancer + path.replace("*", ""));
            Optional<String> name = service.hosts().stream()
                    .findFirst()
                    .map(pattern -> pattern.replace("*", "any"))
                    .or(() -> record);
            HttpResponse<Void> answer = ask(service, uri, name);
            refuse(service, uri, answer.statusCode());
            name.flatMap(host -> secure(answer, host))
                    .ifPresent(there -> refuse(service, there, ask(service, there, uri.getHost())));
        });
    }

    private static void refuse(PlannedService service, URI uri, int status) {
        if (status >= SERVER_ERROR) {
            throw failed(service, uri + " answered " + status, null);
        }
    }

    /** Where the same name is asked by HTTPS, if that is what the answer says. Any other redirect is the service's own answer. */
    private static Optional<URI> secure(HttpResponse<Void> answer, String name) {
        return answer.headers()
                .firstValue("Location")
                .filter(any -> REDIRECTS.contains(answer.statusCode()))
                .flatMap(SmokeTest::absolute)
                .filter(there -> "https".equals(there.getScheme()) && name.equalsIgnoreCase(there.getHost()));
    }

    private static Optional<URI> absolute(String location) {
        try {
            return Optional.of(new URI(location));
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }

    private HttpResponse<Void> ask(PlannedService service, URI uri, Optional<String> host) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
            host.ifPresent(name -> request.header("Host", name));
            return http.send(request.build(), BodyHandlers.discarding());
        } catch (IOException e) {
            throw failed(service, uri + " did not answer (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(service, "the request was interrupted", e);
        }
    }

    private int ask(PlannedService service, URI there, String loadBalancer) {
        int port = there.getPort() < 0 ? HTTPS : there.getPort();
        String query = there.getRawQuery() == null ? "" : "?" + there.getRawQuery();
        String path = there.getRawPath().isEmpty() ? "/" : there.getRawPath();
        try {
            return https.status(new InetSocketAddress(loadBalancer, port), there.getHost(), path + query);
        } catch (IOException e) {
            throw failed(service, there + ", where HTTP leads, did not answer (" + e.getMessage() + ")", e);
        }
    }

    private static DeployFailed failed(
            PlannedService service, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new DeployFailed(
                "smoke-test " + service.name(), why, "read its log; all traffic stays on the source", cause);
    }
}
