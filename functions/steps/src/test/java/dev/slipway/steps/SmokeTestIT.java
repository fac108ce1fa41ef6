package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.planning.Planner;
import dev.slipway.servers.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks real servers, of which one stands where a load balancer listens for HTTP, and one where it does for HTTPS. */
class SmokeTestIT {
    /** The name of the certificate, which is not the one that is connected to. */
    private static final String RECORD = "localhost";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private TlsIdentity identity;

    @SuppressWarnings("NullAway.Init")
    private HttpServer plain;

    @SuppressWarnings("NullAway.Init")
    private HttpsServer secure;

    @BeforeEach
    void start() throws IOException {
        identity = TlsIdentity.make(folder);
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        plain = HttpServer.create(anywhere, 0);
        secure = HttpsServer.create(anywhere, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(identity.serve()));
        plain.start();
        secure.start();
    }

    @AfterEach
    void stop() {
        plain.stop(0);
        secure.stop(0);
    }

    @Test
    void asksTheServiceWhereHttpLeadsToHttps() {
        for (int status : List.of(301, 302, 307, 308)) {
            leads(status, secureAddress(RECORD) + "/api/");
            answers(200);
            test(RECORD);
            stop(plain, secure);
        }
        assertThat(asked).hasSize(4).containsOnly("/api/ of localhost");
    }

    /** A redirect was taken for the service's answer. */
    @Test
    void failsWhereTheServiceBehindTheRedirectFails() {
        leads(301, secureAddress(RECORD) + "/api/");
        answers(503);
        assertThatThrownBy(() -> test(RECORD))
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining(secureAddress(RECORD) + "/api/ answered 503");
    }

    @Test
    void failsWhereNothingListensForHttps() {
        leads(301, secureAddress(RECORD) + "/api/");
        String there = secureAddress(RECORD);
        secure.stop(0);
        assertThatThrownBy(() -> test(RECORD))
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining(there + "/api/, where HTTP leads, did not answer");
    }

    @Test
    void failsWhereTheCertificateIsOfAnotherName() {
        leads(301, secureAddress("api.example.com") + "/api/");
        answers(200);
        assertThatThrownBy(() -> test("api.example.com"))
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("did not answer (")
                .hasMessageContaining("api.example.com");
        assertThat(asked).isEmpty();
    }

    @Test
    void takesARedirectToAnotherNameForTheServicesAnswer() {
        leads(302, "https://login.example.com/");
        test(RECORD);
        assertThat(asked).isEmpty();
    }

    @Test
    void takesARedirectThatNobodyUnderstandsForTheServicesAnswer() {
        leads(302, "https://local host/");
        test(RECORD);
        assertThat(asked).isEmpty();
    }

    @Test
    void takesARedirectWithoutAnotherPlaceForTheServicesAnswer() {
        leads(302, "/login");
        test(RECORD);
        assertThat(asked).isEmpty();
    }

    private static void stop(HttpServer... servers) {
        List.of(servers).forEach(server -> server.removeContext("/"));
    }

    private void leads(int status, String location) {
        plain.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private void answers(int status) {
        HttpHandler answer = exchange -> {
            asked.add(exchange.getRequestURI() + " of "
                    + exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
        secure.createContext("/", answer);
    }

    private String secureAddress(String name) {
        return "https://" + name + ":" + secure.getAddress().getPort();
    }

    private void test(String name) {
        try {
            new SmokeTest(identity.trust().getSocketFactory())
                    .test(
                            service(),
                            Optional.of(name),
                            "127.0.0.1:" + plain.getAddress().getPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static PlannedService service() {
        AppBundle bundle = AppFiles.readUploaded("shop", """
                services:
                  web: {image: "shop/web:1", ports: ["80:8080"]}
                """, "traffic: {paths: {web: /api/*}}");
        return new Planner().plan(bundle.app(), bundle.spec()).services().getFirst();
    }
}
