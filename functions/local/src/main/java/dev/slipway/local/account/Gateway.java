package dev.slipway.local.account;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/** The account's one address, asked by plain requests where an SDK would only take time to load. */
record Gateway(URI endpoint) {
    private static final Duration HEALTH = Duration.ofSeconds(5);
    // The first request to a service loads it, which takes long on a busy machine.
    private static final Duration FIRST_REQUEST = Duration.ofMinutes(1);

    boolean isUp() {
        try {
            return request("GET", "/_localstack/health", HEALTH) == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes a bucket, or finds it made. */
    void createBucket(String name) throws IOException {
        int status = request("PUT", "/" + name, FIRST_REQUEST);
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("the emulated account answered " + status + " to CreateBucket " + name);
        }
    }

    private int request(String method, String path, Duration limit) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
