package dev.slipway.local.demo;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** One visitor who writes, through the Internet of the run. */
final class Visits {
    private Visits() {}

    static HttpResponse<String> write(Demo demo, String uri) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().proxy(ProxySelector.of(demo.router())).build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(uri))
                            .POST(BodyPublishers.ofString("hello"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
