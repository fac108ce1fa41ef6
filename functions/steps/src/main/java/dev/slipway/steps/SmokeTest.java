package dev.slipway.steps;

import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.PlannedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a service of the new side through its load balancer, before any user does. */
class SmokeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @throws DeployFailed if a public service does not answer, or answers with a server error */
    void test(PlannedService service, String loadBalancer) {
        service.paths().stream().findFirst().ifPresent(path -> {
            URI uri = URI.create("http://" + loadBalancer + path.replace("*", ""));
            int status = status(service, uri);
            if (status >= SERVER_ERROR) {
                throw failed(service, uri + " answered " + status, null);
            }
        });
    }

    private int status(PlannedService service, URI uri) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
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
