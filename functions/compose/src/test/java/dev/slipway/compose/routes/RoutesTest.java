package dev.slipway.compose.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private final Leads leads = new Leads("service proxy");

    @ParameterizedTest(name = "location {0}")
    @CsvSource(delimiter = ';', quoteCharacter = '\0', textBlock = """
            /             ; /*
            /api/         ; /api/*
            /api          ; /api*
            ^~ /static/   ; /static/*
            = /health     ; /health
            ~ ^/api/      ; /api/*
            ~ ^/(api|auth)/ ; /api/*,/auth/*
            ~* \\.php$    ; /*.php
            ~ ^/files/.*\\.zip$ ; /files/*.zip
            """)
    void writesALocationOfNginxAsRules(String location, String rules) {
        nginx("server { location " + location + " { proxy_pass http://web:3000; } }");
        assertThat(leads.found()).extracting(Lead::path).containsExactly(rules.split(","));
        assertThat(leads.findings()).isEmpty();
    }

    @Test
    void followsNginxThroughUpstreamsVariablesIncludesAndIfs() {
        NginxRoutes.read(
                List.of(
                        new ConfigText("nginx.conf", "/etc/nginx/nginx.conf", """
                                http {
                                  include mime.types;
                                  include /etc/nginx/conf.d/*.conf;
                                  upstream app { least_conn; server "app:8000" weight=2; }
                                  server {
                                    server_name _;
                                    set $back http://auth:9000;
                                    location /auth/ { proxy_pass $back; }
                                    location /app/ { if ($x) { return 403; } proxy_pass http://app$request_uri; }
                                    include snippets/more.conf;
                                  }
                                }
                                """),
                        new ConfigText(
                                "more.conf",
                                "/etc/nginx/snippets/more.conf",
                                "location @app { proxy_pass http://app; }\nlocation / { try_files $uri @app; }")),
                leads);
        assertThat(lines()).containsExactly("* /auth/* → auth:9000", "* /app/* → app:8000", "* /* → app:8000");
    }

    @Test
    void saysWhatTheLoadBalancerDoesNot() {
        nginx("""
                server {
                  location /a/ { auth_basic x; rewrite ^/a/(.*) /$1 break; proxy_pass http://a:1/; }
                  location ~ ^/u/(\\d+)$ { proxy_pass http://a:1; }
                  location /php { fastcgi_pass php:9000; }
                  location /x { proxy_pass http://unix:/run/x.sock; }
                }
                """);
        assertThat(leads.findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("auth_basic (nginx.conf:2)") && message.contains("rewrite"))
                .anyMatch(message -> message.startsWith("nginx.conf:2 takes '/a/' off"))
                .anyMatch(message -> message.startsWith("nginx.conf:3 leads '^/u/(\\d+)$'"))
                .anyMatch(message -> message.startsWith("nginx.conf:4 speaks fastcgi"))
                .anyMatch(message -> message.startsWith("nginx.conf:5 leads to http://unix:"));
    }

    @Test
    void readsACaddyfile() {
        CaddyRoutes.read(
                new ConfigText("Caddyfile", "/etc/caddy/Caddyfile", """
                        {
                          email me@shop.example
                        }
                        (common) {
                          encode gzip
                          reverse_proxy /ws/* realtime:9000
                        }
                        {$DOMAIN:shop.example}, www.shop.example {
                          import common
                          @admin path /admin/* /manage/*
                          reverse_proxy @admin admin:8080
                          handle_path /api/* {
                            reverse_proxy api:8000
                          }
                          handle {
                            root * /srv
                            file_server
                          }
                        }
                        http://:8080 {
                          reverse_proxy web:3000
                        }
                        """), Map.of("DOMAIN", "my.shop.example"), leads);
        assertThat(lines())
                .contains(
                        "my.shop.example /ws/* → realtime:9000",
                        "www.shop.example /admin/* → admin:8080",
                        "my.shop.example /manage/* → admin:8080",
                        "my.shop.example /api/* → api:8000",
                        "www.shop.example /* → itself",
                        "* /* → web:3000")
                .hasSize(11);
        assertThat(leads.findings())
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .startsWith("Caddyfile:12 takes '/api/*' off");
    }

    @Test
    void readsACaddyfileOfOneSiteWithoutBraces() {
        CaddyRoutes.read(
                new ConfigText("Caddyfile", "/etc/caddy/Caddyfile", "shop.example\nreverse_proxy web:3000\n"),
                Map.of(),
                leads);
        assertThat(lines()).containsExactly("shop.example /* → web:3000");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '=', textBlock = """
            Host(`a.example`) = a.example /* -> web:8000
            Host(`a.example`) && PathPrefix(`/api`) = a.example /api* -> web:8000
            Host(`a.example`, `b.example`) = a.example /* -> web:8000; b.example /* -> web:8000
            Host(`a.example`) || Host(`b.example`) = a.example /* -> web:8000; b.example /* -> web:8000
            Host(`a.example`) && (PathPrefix(`/x/`) || Path(`/y`)) = a.example /x/* -> web:8000; a.example /y -> web:8000
            PathPrefix("/api") = * /api* -> web:8000
            """)
    void readsTraefiksRules(String rule, String expected) {
        LabelRoutes.read(
                "web",
                Map.of(
                        "traefik.enable", "true",
                        "traefik.http.routers.shop.rule", rule,
                        "traefik.http.services.shop.loadbalancer.server.port", "8000"),
                leads);
        assertThat(lines()).containsExactly(expected.replace("->", "→").split("; "));
        assertThat(leads.findings()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            HostRegexp(`{any:.+}`)
            Host(`a`) && !PathPrefix(`/x`)
            Host(`a`) && Headers(`X`, `y`)
            Host(`a`
            """)
    void saysWhichOfTraefiksRulesItCannotRead(String rule) {
        LabelRoutes.read("web", Map.of("traefik.http.routers.shop.rule", rule), leads);
        assertThat(leads.found()).isEmpty();
        assertThat(leads.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains(rule.strip(), "traffic.paths"));
    }

    @Test
    void readsAFileOfTraefiksFileProvider() {
        TraefikRoutes.read(new ConfigText("dynamic.yml", "/etc/traefik/dynamic.yml", """
                        http:
                          routers:
                            api: {rule: "Host(`shop.example`) && PathPrefix(`/api`)", service: api}
                            board: {rule: "Host(`board.example`)", service: api@internal}
                            odd:
                              rule: Query(`a`, `b`)
                              service: api
                          services:
                            api: {loadBalancer: {servers: [{url: "http://api:8000"}]}}
                          middlewares:
                            login: {basicAuth: {users: ["me:$apr1$x"]}}
                        """), leads);
        TraefikRoutes.read(
                new ConfigText("traefik.yml", "/etc/traefik/traefik.yml", "entryPoints: {web: {address: ':80'}}"),
                leads);
        TraefikRoutes.read(new ConfigText("broken.yml", "/etc/traefik/broken.yml", "a: [b"), leads);
        assertThat(lines()).containsExactly("shop.example /api* → api:8000");
        assertThat(leads.findings())
                .extracting(Finding::message)
                .satisfiesExactly(
                        message -> assertThat(message).startsWith("dynamic.yml:6 leads Query"),
                        message -> assertThat(message).startsWith("broken.yml cannot be read"),
                        message -> assertThat(message)
                                .contains("basicAuth (dynamic.yml:11)")
                                .doesNotContain("apr1"));
    }

    @Test
    void readsLabelsOfCaddyAndOlderTraefik() {
        LabelRoutes.read("a", Map.of("caddy", "a.example", "caddy.reverse_proxy", "{{upstreams 8000}}"), leads);
        LabelRoutes.read(
                "b", Map.of("traefik.frontend.rule", "Host:b.example;PathPrefix:/x", "traefik.port", "80"), leads);
        LabelRoutes.read("c", Map.of("traefik.enable", "false", "traefik.http.routers.c.rule", "Host(`c`)"), leads);
        LabelRoutes.virtualHost("d", Map.of("VIRTUAL_HOST", "d.example,e.example", "VIRTUAL_PORT", "3000"), leads);
        assertThat(lines())
                .containsExactly(
                        "a.example /* → a:8000",
                        "b.example /x* → b:80",
                        "d.example /* → d:3000",
                        "e.example /* → d:3000");
    }

    @Test
    void readsApache() {
        LineRoutes.readApache(new ConfigText("site.conf", "/usr/local/apache2/conf/site.conf", """
                        <VirtualHost *:80>
                          ServerName shop.example
                          ProxyPass /static !
                          ProxyPass "/api" "http://api:8000/api"
                          ProxyPass / http://web:3000/
                        </VirtualHost>
                        """), leads);
        assertThat(lines()).containsExactly("shop.example /api* → api:8000", "shop.example /* → web:3000");
        assertThat(leads.findings()).isEmpty();
    }

    @Test
    void readsHaproxy() {
        LineRoutes.readHaproxy(new ConfigText("haproxy.cfg", "/usr/local/etc/haproxy/haproxy.cfg", """
                        frontend http
                          bind *:80
                          acl is_api path_beg /api
                          acl is_admin hdr(host) -i admin.shop.example
                          use_backend api if is_api
                          use_backend admin if is_admin
                          use_backend api if is_api is_admin
                          default_backend web
                        backend api
                          server s1 api:8000 check
                        backend admin
                          server s1 admin:8080
                        backend web
                          server s1 web:3000
                        """), leads);
        assertThat(lines())
                .containsExactly("* /api* → api:8000", "admin.shop.example /* → admin:8080", "* /* → web:3000");
        assertThat(leads.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).startsWith("haproxy.cfg:7"));
    }

    @Test
    void isNotBroughtDownByWhatIsNoConfiguration() {
        nginx("server { location / {".repeat(10_000));
        nginx("}}}} ; ; \" unfinished ${x");
        CaddyRoutes.read(new ConfigText("Caddyfile", "/Caddyfile", "}\n}\na {\n".repeat(2_000)), Map.of(), leads);
        LabelRoutes.read("web", Map.of("traefik.http.routers.a.rule", "(".repeat(10_000)), leads);
        assertThat(leads.found()).allMatch(lead -> lead.to().isEmpty());
    }

    private void nginx(String text) {
        NginxRoutes.read(List.of(new ConfigText("nginx.conf", "/etc/nginx/nginx.conf", text)), leads);
    }

    private List<String> lines() {
        return leads.found().stream()
                .map(lead -> lead.host().orElse("*") + " " + lead.path() + " → "
                        + lead.to().orElse("itself")
                        + lead.port().map(port -> ":" + port).orElse(""))
                .toList();
    }
}
