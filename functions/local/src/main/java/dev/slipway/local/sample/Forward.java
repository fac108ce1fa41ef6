package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Passes requests on to the app's other services, by the addresses that its environment gives. */
final class Forward {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What its clients are to know of the answer. */
    private static final Map<String, String> KEPT =
            Map.of("Content-Type", "application/json", "X-Read-Only", "", "Retry-After", "");

    private final Map<String, URI> services;
    // Services find each other in their own network, past whatever stands for the Internet.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    Forward(Map<String, URI> services) {
        this.services = Map.copyOf(services);
    }

    /** @param service by its name without {@code svc-} */
    Reply to(String service, String path, HttpExchange exchange) throws IOException, InterruptedException {
        Optional<URI> address = Optional.ofNullable(services.get(service));
        if (address.isEmpty()) {
            return Reply.error(404, "no such service");
        }
        HttpRequest request = HttpRequest.newBuilder(address.get().resolve(path))
                .timeout(PATIENCE)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                .build();
        try {
            return reply(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Reply.error(502, service + " does not answer: " + Causes.lineOf(e));
        }
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        Map<String, String> headers = new TreeMap<>();
        KEPT.forEach((name, otherwise) -> {
            String value = response.headers().firstValue(name).orElse(otherwise);
            if (!value.isEmpty()) {
                headers.put(name, value);
            }
        });
        return new Reply(response.statusCode(), headers, response.body());
    }
}
