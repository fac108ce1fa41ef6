package dev.slipway.steps;

import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.PlannedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks a service of the new side through its load balancer, before any user does. */
class SmokeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;

    // The load balancer's rules look at it. The client reads this when its class is loaded.
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * @param record the name that users call, if no rule has one of its own
     * @throws DeployFailed if a public service does not answer, or answers with a server error
     */
    void test(PlannedService service, Optional<String> record, String loadBalancer) {
        service.paths().stream().findFirst().ifPresent(path -> {
            URI uri = URI.create("http://" + loadBalancer + path.replace("*", ""));
            int status =
                    status(service, uri, service.hosts().stream().findFirst().or(() -> record));
            if (status >= SERVER_ERROR) {
                throw failed(service, uri + " answered " + status, null);
            }
        });
    }

    private int status(PlannedService service, URI uri, Optional<String> host) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
            host.ifPresent(name -> request.header("Host", name));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw failed(service, uri + " did not answer (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(service, "the request was interrupted", e);
        }
    }

    private static DeployFailed failed(
            PlannedService service, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new DeployFailed(
                "smoke-test " + service.name(), why, "read its log; all traffic stays on the source", cause);
    }
}
