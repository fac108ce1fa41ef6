package dev.slipway.compose;

import static dev.slipway.compose.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.app.SourceUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAppIT {
    private static final String SERVER = """
            app: shop
            server:
              address: 10.0.0.5
              services:
                nginx:
                  product: nginx
                  ports: [80, 443]
                  routes: [{host: shop.example, path: /api/*, service: api, port: 8000}]
                api:
                  image: shop/api:1
                  command: gunicorn --workers ${WORKERS:-2} "shop.wsgi"
                  ports: [8000]
                  env_file: api.env
                  environment: {REDIS_HOST: localhost, REDIS_PORT: 6379, REDIS_PASSWORD: "${REDIS_PASSWORD}"}
                  cpus: 0.5
                  memory: 1g
                  processes: 2
                  health: /health
                  folders: [/srv/media]
                nightly: {image: "shop/api:1", command: [python, clean.py], schedule: "0 3 * * *"}
                redis: {product: redis, version: "7.0", ports: [6379], command: [redis-server, --requirepass, "${REDIS_PASSWORD}"]}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readsTheProcessesOfAServerAsServices() throws IOException {
        App app = bundle(SERVER).app();
        AppService api = app.service("api").orElseThrow();
        assertThat(app.platform()).isEqualTo(Platform.SERVER);
        assertThat(app.services().stream().map(AppService::name)).containsExactly("nginx", "api", "nightly", "redis");
        assertThat(app.services(ServiceKind.PROXY))
                .singleElement()
                .extracting(AppService::name)
                .isEqualTo("nginx");
        assertThat(api.command().stream().map(SecretTemplate::text))
                .containsExactly("gunicorn", "--workers", "2", "shop.wsgi");
        assertThat(api.ports()).containsExactly(new Port(8000, Optional.of(8000), "tcp"));
        assertThat(api.cpus()).contains(0.5);
        assertThat(api.memoryMiB()).contains(1024);
        assertThat(api.replicas()).isEqualTo(2);
        assertThat(api.health().orElseThrow().path()).contains("/health");
        assertThat(app.service("nightly").orElseThrow().kind()).isEqualTo(ServiceKind.JOB);
        assertThat(app.service("nightly").orElseThrow().schedule()).contains("cron(0 3 * * ? *)");
        assertThat(app.routes())
                .containsExactly(new Route(
                        Optional.of("shop.example"),
                        "/api/*",
                        "api",
                        Optional.of(8000),
                        "slipway.yaml, server.services.nginx.routes"));
    }

    @Test
    void findsItsStores() throws IOException {
        AppBundle bundle = bundle(SERVER);
        assertThat(bundle.spec().sourceAddress()).isEqualTo("10.0.0.5");
        assertThat(bundle.app().store("redis").orElseThrow().source())
                .contains(SourceUrl.of("redis://:${REDIS_PASSWORD}@10.0.0.5:6379"));
        assertThat(bundle.app().store("redis").orElseThrow().version()).isEqualTo("7.0");
        assertThat(bundle.app().store("media").orElseThrow().source()).contains(SourceUrl.of("file:///srv/media"));
    }

    @Test
    void readsTheSameAppFromWhatItUploadsWhichHoldsNoSecret() throws IOException {
        AppBundle bundle = bundle(SERVER);
        AppBundle uploaded = AppFiles.readUploaded("shop", bundle.compose(), bundle.specText());
        assertThat(uploaded.app()).isEqualTo(bundle.app());
        assertThat(uploaded.spec()).isEqualTo(bundle.spec());
        assertThat(bundle.secrets().values()).containsValues("r3dis-Secret", "sk_live_0123456789ab");
        assertThat(bundle.compose() + bundle.specText() + bundle.app())
                .doesNotContain("r3dis-Secret", "sk_live_0123456789ab");
    }

    /** What is written out in slipway.yaml is a secret as well, and slipway.yaml is uploaded. */
    @Test
    void uploadsNoSecretThatStandsInSlipwayYaml() throws IOException {
        AppBundle bundle = bundle(SERVER.replace("\"${REDIS_PASSWORD}\"", "wr1tten-0ut-here"));
        assertThat(bundle.compose() + bundle.specText() + bundle.app()).doesNotContain("wr1tten-0ut-here");
        assertThat(bundle.secrets().values()).containsValue("wr1tten-0ut-here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "product: nginx  | prodct: nginx | slipway.yaml:6:7 | did you mean 'server.services.nginx.product'",
                "ports: [8000]   | ports: [0]    | slipway.yaml:12:7 | ports from 1 to 65535",
                "service: api,   | service: apj, | slipway.yaml:8 | one of api, nginx, nightly, redis",
                "cpus: 0.5       | cpus: half    | slipway.yaml:15 | processors",
                "address:        | adress:       | slipway.yaml:3:3 | did you mean 'server.address'",
                "env_file: api.env | env_file: gone.env | slipway.yaml:13 | gone.env",
                "health: /health | health: none  | slipway.yaml:18 | begins with '/'",
                "\"shop.wsgi\"   | \"shop.wsgi   | slipway.yaml:11 | cannot be split"
            })
    void refusesWhatIsWrong(String right, String wrong, String place, String reason) {
        assertRefused(() -> bundle(SERVER.replace(right, wrong)), place, reason);
    }

    @Test
    void saysThatAServerRunsNothing() {
        assertRefused(() -> bundle("server: {address: a}\n"), "slipway.yaml:1", "runs nothing");
    }

    @Test
    void blocksAPortThatTwoProcessesHave() throws IOException {
        App app = bundle(SERVER.replace("[80, 443]", "[80, 8000]")).app();
        assertThat(app.findings()).anyMatch(finding -> finding.message().contains("has the port 8000"));
    }

    private AppBundle bundle(String spec) throws IOException {
        Files.writeString(folder.resolve("slipway.yaml"), spec);
        Files.writeString(folder.resolve(".env"), "REDIS_PASSWORD=r3dis-Secret\n");
        Files.writeString(folder.resolve("api.env"), "STRIPE_KEY=sk_live_0123456789ab\nMODE=fast\n");
        return AppFiles.read(new ComposeRequest(folder, List.of(), List.of(), List.of(), Map.of()));
    }
}
