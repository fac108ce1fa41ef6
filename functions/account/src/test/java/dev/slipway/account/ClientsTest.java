package dev.slipway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class ClientsTest {
    /** As S3 does with a connection that nothing came over for some seconds. */
    @Test
    void asksAgainWhereTheServerHasClosedItsConnection() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            Thread.ofVirtual().start(() -> serve(server, asked));
            try (S3Client s3 = client(server.getLocalPort())) {
                for (int i = 0; i < 2; i++) {
                    s3.putObject(request -> request.bucket("notes").key("state"), RequestBody.fromString("{}"));
                }
            }
            assertThat(asked)
                    .as("two that were answered, and the one that was not")
                    .hasValue(3);
        }
    }

    private static S3Client client(int port) {
        return Clients.of(S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
    }

    /** Answers each connection's first request, and closes it at its second. */
    private static void serve(ServerSocket server, AtomicInteger asked) {
        try {
            while (true) {
                try (Socket connection = server.accept()) {
                    InputStream in = new BufferedInputStream(connection.getInputStream());
                    int length = contentLength(in);
                    asked.incrementAndGet();
                    say(connection, "HTTP/1.1 100 Continue\r\n\r\n");
                    in.skipNBytes(length);
                    say(connection, "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n");
                    if (contentLength(in) >= 0) {
                        asked.incrementAndGet();
                    }
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** Of the next request's header; -1 where none comes. */
    private static int contentLength(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            header.append((char) read);
            if (header.toString().endsWith("\r\n\r\n")) {
                return header.toString()
                        .lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                        .map(line -> Integer.parseInt(
                                line.substring(line.indexOf(':') + 1).trim()))
                        .findFirst()
                        .orElse(0);
            }
        }
        return -1;
    }

    private static void say(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }
}
