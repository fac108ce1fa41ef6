package dev.slipway.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that is a web server's, which answers everything with a page: it was taken for an empty bucket, and files were "copied" to it. */
class WebStoreIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void isNoStore(int status) throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        web.createContext("/", exchange -> {
            byte[] page = "<!DOCTYPE html><html><body><p>It works</p></body></html>".getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(status, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        web.start();
        try {
            StoreUrl store = StoreUrl.parse("s3://key:secret@bucket?region=eu-central-1&endpoint=http://127.0.0.1:"
                    + web.getAddress().getPort());
            StoreUrl beside = StoreUrl.parse(store.reveal().replace("@bucket", "@beside"));
            StoreUrl files = StoreUrl.parse(folder.toUri().toString());
            ObjectsEngine engine = new ObjectsEngine();
            refused(() -> engine.inspect(store));
            refused(() -> engine.compare(files, store, Progress.SILENT));
            refused(() -> engine.copy(files, store, CopyOptions.unfenced(), Progress.SILENT));
            refused(() -> engine.copy(beside, store, CopyOptions.unfenced(), Progress.SILENT));
        } finally {
            web.stop(0);
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageStartingWith("Tried to list the bucket s3://bucket/ but it ")
                .hasMessageContaining("not as S3 does")
                .hasMessageNotContaining("null");
    }
}
