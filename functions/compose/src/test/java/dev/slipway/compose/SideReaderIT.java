package dev.slipway.compose;

import static dev.slipway.compose.Understood.findings;
import static dev.slipway.compose.Understood.folder;
import static dev.slipway.compose.Understood.routes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files beside a compose file add to what it says, and that they are uploaded with it. */
class SideReaderIT {
    @TempDir
    private Path folder;

    @Test
    void readsTheRoutesOfAMountedNginx() {
        App app = read(Map.of("compose.yaml", """
                services:
                  nginx:
                    image: nginx:1.27
                    ports: ["80:80"]
                    volumes: ["./nginx/conf.d:/etc/nginx/conf.d:ro"]
                  web: {image: shop/web}
                  api: {image: shop/api, container_name: shop_api}
                """, "nginx/conf.d/shop.conf", """
                upstream app { server shop_api:8000; }
                server {
                  listen 80;
                  server_name shop.example;
                  location /api/ { proxy_pass http://app; }
                  location / {
                    proxy_pass http://web:3000;
                  }
                }
                """));
        assertThat(routes(app)).containsExactly("shop.example /api/* → api:8000", "shop.example /* → web:3000");
        assertThat(app.routes())
                .extracting("from")
                .containsExactly("nginx/conf.d/shop.conf:5", "nginx/conf.d/shop.conf:7");
        assertThat(app.service("nginx").orElseThrow().kind()).isEqualTo(ServiceKind.PROXY);
        assertThat(app.service("api").orElseThrow().ports())
                .extracting(Port::container)
                .containsExactly(8000);
        assertThat(app.findings()).isEmpty();
    }

    @Test
    void keepsAnNginxThatHandsOutFilesOfItsOwn() {
        App app = read(Map.of("compose.yaml", """
                services:
                  web:
                    build: ./web
                    ports: ["80:80"]
                  api: {image: shop/api}
                """, "web/Dockerfile", """
                FROM node:22 AS build
                RUN npm run build
                FROM nginx:alpine
                COPY --from=build /app/dist /usr/share/nginx/html
                COPY nginx.conf /etc/nginx/conf.d/default.conf
                """, "web/nginx.conf", """
                server {
                  listen 80;
                  root /usr/share/nginx/html;
                  location / { try_files $uri /index.html; }
                  location /api { proxy_pass http://api:8000; }
                }
                """));
        assertThat(app.service("web").orElseThrow().kind()).isEqualTo(ServiceKind.APP);
        assertThat(app.service("web").orElseThrow().product()).isEmpty();
        assertThat(routes(app)).containsExactly("* /api* → api:8000", "* /* → web");
        assertThat(findings(app)).singleElement().asString().contains("files of its own");
    }

    @Test
    void leavesAnNginxOfFilesAloneTheAppsOwn() {
        App app = read(Map.of(
                "compose.yaml",
                "services: {web: {image: nginx, ports: ['80:80'], volumes: ['./site:/usr/share/nginx/html:ro']}}",
                "site/index.html",
                "<h1>shop</h1>"));
        assertThat(app.service("web").orElseThrow().kind()).isEqualTo(ServiceKind.APP);
        assertThat(app.routes()).isEmpty();
        assertThat(app.findings()).isEmpty();
    }

    @Test
    void findsThePasswordOfARedisInItsConfiguration() {
        AppBundle bundle = bundle(
                Map.of("compose.yaml", """
                services:
                  cache:
                    image: redis:7
                    command: redis-server /etc/redis.conf
                    ports: ["6379:6379"]
                    volumes: ["./redis.conf:/etc/redis.conf:ro"]
                """, "redis.conf", "appendonly yes\nrequirepass \"r3dis-of-the-conf\"\n"));
        assertThat(bundle.app()
                        .store("cache")
                        .orElseThrow()
                        .source()
                        .orElseThrow()
                        .text())
                .isEqualTo("redis://:${CACHE_PASSWORD}@127.0.0.1:6379");
        assertThat(bundle.secrets().values()).containsEntry("CACHE_PASSWORD", "r3dis-of-the-conf");
        assertThat(bundle.compose()).doesNotContain("r3dis-of-the-conf");
    }

    @Test
    void makesScheduledJobsOfACrontab() {
        App app = read(
                Map.of(
                        "compose.yaml",
                        """
                services:
                  cron:
                    image: shop/api:1
                    command: supercronic /app/crontab
                    volumes: ["./crontab:/app/crontab:ro"]
                """,
                        "crontab",
                        "# nightly\n0 3 * * * python report.py --token=t0ken-Of-The-Report >> /var/log/x 2>&1\n*/15 * * * * python clean.py\n"));
        assertThat(app.services(ServiceKind.JOB)).extracting(AppService::name).containsExactly("cron-1", "cron-2");
        AppService report = app.service("cron-1").orElseThrow();
        assertThat(report.schedule()).contains("cron(0 3 * * ? *)");
        assertThat(report.command())
                .extracting(SecretTemplate::text)
                .containsExactly("sh", "-c", "python report.py --token=${CRON_PASSWORD}");
    }

    @Test
    void knowsAStoreByWhatItIsBuiltFrom() {
        App app = read(Map.of(
                "compose.yaml",
                "services: {db: {build: ./db, environment: {POSTGRES_PASSWORD: x}}}",
                "db/Dockerfile",
                "FROM postgres:16-alpine\nCOPY init.sql /docker-entrypoint-initdb.d/\n"));
        assertThat(app.store("db").orElseThrow().version()).isEqualTo("16");
        assertThat(findings(app)).singleElement().asString().contains("built from");
    }

    @Test
    void tellsNoPasswordOfAConfiguration() {
        AppBundle bundle = bundle(Map.of("compose.yaml", """
                services:
                  nginx: {image: nginx, ports: ["80:80"], volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]}
                  web: {image: shop/web}
                """, "nginx.conf", """
                http { server {
                  location /old/ { proxy_pass http://admin:Pr0xy-Passw0rd@$backend; }
                  location / { proxy_pass http://web:3000; proxy_set_header Authorization "Bearer t0ken-Of-The-Proxy"; }
                } }
                """));
        assertThat(bundle.app() + bundle.compose())
                .doesNotContain("Pr0xy-Passw0rd", "t0ken-Of-The-Proxy")
                .contains("nginx.conf:2 leads to http");
    }

    /** In every place that is read for more than its words. */
    @Test
    void takesSecretsOutOfLabelsCommandsChecksAndConfigs() {
        AppBundle bundle = bundle(Map.of("compose.yaml", """
                services:
                  api:
                    image: shop/api
                    command: serve --token planted-command-1
                    healthcheck: {test: "curl -H 'Authorization: Bearer planted-check-2' http://localhost:80/up"}
                    labels:
                      ofelia.job-exec.x.schedule: "@daily"
                      ofelia.job-exec.x.command: "report --password planted-label-3"
                      traefik.http.routers.api.rule: "Host(`shop.example`)"
                      traefik.http.middlewares.login.basicauth.users: "me:$$apr1$$planted4$$planted4hashed"
                  cache: {image: redis, ports: ["6379:6379"], configs: [{source: redis, target: /etc/redis.conf}]}
                configs:
                  redis: {content: "save 60 1\nrequirepass planted-config-5\n"}
                """));
        assertThat(bundle.app() + bundle.compose()).doesNotContainPattern("planted-?[a-z]*-?\\d");
        assertThat(bundle.secrets().values()).containsValue("planted-config-5");
    }

    @Test
    void readsNothingOutsideOfTheFolder(@TempDir Path outside) {
        Understood.folder(
                outside, Map.of("compose.yaml", "services: {a: {image: a}}", "secret.conf", "requirepass 0utside\n"));
        App app = read(Map.of(
                "compose.yaml",
                "services: {cache: {image: redis, ports: ['6379:6379'], volumes: ['" + outside
                        + "/secret.conf:/etc/redis.conf']}}"));
        assertThat(app.store("cache").orElseThrow().source().orElseThrow().text())
                .isEqualTo("redis://127.0.0.1:6379");
    }

    private App read(Map<String, String> files) {
        return bundle(files).app();
    }

    /** What was uploaded has to be the same app. */
    private AppBundle bundle(Map<String, String> files) {
        AppBundle bundle = folder(folder, files);
        App uploaded = AppFiles.readUploaded(bundle.app().name(), bundle.compose(), bundle.specText())
                .app();
        assertThat(uploaded).isEqualTo(bundle.app());
        return bundle;
    }
}
