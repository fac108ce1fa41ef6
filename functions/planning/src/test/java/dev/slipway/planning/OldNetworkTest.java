package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing of the old network stays in a variable of the target, unless a person is told. */
class OldNetworkTest {
    private static final String SHOP = """
            services:
              db:
                image: postgres:16
                container_name: shop_db
                ports: ["15432:5432"]
                environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: "${DB_PASSWORD}", POSTGRES_DB: shop}
                networks: {back: {aliases: [database, pg]}}
              cache: {image: "redis:7.0", hostname: the-cache, ports: ["6379:6379"], networks: [back]}
              api: {image: shop/api:1, ports: ["8081:8080"], networks: {back: {aliases: [backend]}}}
              auth: {image: shop/auth:1, expose: [4010], networks: [back]}
              jaeger: {image: jaegertracing/all-in-one:1, networks: [back]}
              mailhog: {image: mailhog/mailhog, networks: [back]}
              mysql: {image: mysql:8, networks: [back]}
              web:
                image: shop/web:1
                links: ["db:sql"]
                networks: [back]
                deploy: {resources: {limits: {cpus: "2", memory: 4G}}}
                environment: {VARIABLES}
            networks: {back: }
            """;

    private static final String SPEC = Planned.TRAFFIC + "stores: {mysql: {role: leave}}\n";
    private static final List<String> OLD = List.of(
            "db",
            "shop_db",
            "database",
            "pg",
            "sql",
            "cache",
            "the-cache",
            "api",
            "backend",
            "auth",
            "jaeger",
            "mailhog",
            "mysql",
            "host.docker.internal");
    private static final List<String> FORMS = List.of(
            "http://%s:8080/v1?x=%s",
            "https://user:pw@%s/x",
            "postgresql+asyncpg://app@%s:5432/shop",
            "jdbc:postgresql://%s:5432/shop",
            "jdbc:mysql://%s:3306/shop",
            "redis://%s:6379/1",
            "%s:6379,%s:6379",
            "%s:8080",
            "host=%s port=5432 dbname=shop user=app",
            "Server=%s;Port=5432;Database=shop",
            "http://%s.shop.svc.cluster.local:8080",
            "amqp://%s",
            "http://%s:4318/v1/traces");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X|database:5432|${target:db:host}:${target:db:port}",
                "X|cache:6379,the-cache:6379|${target:cache:host}:${target:cache:port},${target:cache:host}:${target:cache:port}",
                "X|host=pg port=5432 user=app password=${DB_PASSWORD} dbname=shop|host=${target:db:host} port=${target:db:port} user=${target:db:user} password=${target:db:password} dbname=shop",
                "X|Server=db;Port=5432;User Id=app;Password=${DB_PASSWORD}|Server=${target:db:host};Port=${target:db:port};User Id=${target:db:user};Password=${target:db:password}",
                "X|jdbc:postgresql://sql:5432/shop|jdbc:postgresql://${target:db:host}:${target:db:port}/shop${target:db:query}",
                "X|postgres://app@host.docker.internal:15432/shop|postgres://${target:db:login}${target:db:host}:${target:db:port}/shop${target:db:query}",
                "X|http://host.docker.internal:8081/v1|http://api.shop.internal:8080/v1",
                "X|http://auth.prod.svc.cluster.local:4010|http://auth.shop.internal:4010",
                "X|http://backend:8080,http://auth:4010|http://api.shop.internal:8080,http://auth.shop.internal:4010",
                "X|http://auth.shop.internal:4010|http://auth.shop.internal:4010",
                "AUTH_HOST|auth|auth.shop.internal",
                "UPSTREAM|api:8080|api.shop.internal:8080",
                "API_HOSTS|api,auth|api.shop.internal,auth.shop.internal",
                "MODE|api|api",
                "HOSTNAME|web|web",
                "OTEL_EXPORTER_OTLP_ENDPOINT|http://jaeger:4318|http://aws-otel-collector.shop.internal:4318",
                "NODE_ENV|development|production",
                "LOG_LEVEL|debug|info",
                "LOG_LEVEL|warn|warn",
                "API_WORKERS|2|4",
                "API_WORKERS|9|9",
                "MAX_MEMORY_MB|1024|3072",
                "WEB_CONCURRENCY|1|4",
                "JAVA_OPTS|-server -Xmx512m -Dx=y|-server -Xmx3072m -Dx=y",
                "JAVA_OPTS|-Xmx8g|-Xmx3072m",
                "NODE_OPTIONS|--trace-warnings --max-old-space-size=512|--trace-warnings --max-old-space-size=3072"
            })
    void rewrites(String name, String from, String to) {
        Plan plan = plan(name + ": '" + from + "'");
        assertThat(Planned.variable(plan, name).to().orElseThrow().text()).isEqualTo(to);
        boolean said =
                plan.warnings().stream().anyMatch(warning -> warning.message().startsWith(name));
        assertThat(said)
                .as("a value that was not only addressed anew is explained")
                .isEqualTo(
                        name.matches("NODE_ENV|LOG_LEVEL|.*WORKERS|MAX.*|WEB_CONCURRENCY|.*_OPTS|NODE_OPTIONS|OTEL.*")
                                && !from.equals(to));
    }

    @Test
    void leavesNoOldNameInAnyValueUnlessItSaysSo() {
        Random random = new Random(6);
        List<String> names = List.of("A%_X", "A%_SERVICE_URL", "A%_HOST", "A%_UPSTREAM", "OTEL_A%_ENDPOINT");
        Map<String, String> written = new TreeMap<>();
        Map<String, String> olds = new TreeMap<>();
        for (int number = 0; number < 2000; number++) {
            String name = names.get(random.nextInt(names.size())).replace("%", Integer.toString(number));
            String old = OLD.get(random.nextInt(OLD.size()));
            olds.put(name, old);
            written.put(name, FORMS.get(random.nextInt(FORMS.size())).replace("%s", old));
        }
        Plan plan = plan(written.entrySet().stream()
                .map(entry -> entry.getKey() + ": '" + entry.getValue() + "'")
                .collect(Collectors.joining(", ")));
        Set<String> told = plan.warnings().stream()
                .map(warning -> warning.message().replaceFirst(" .*", ""))
                .collect(Collectors.toSet());
        List<String> silent = new ArrayList<>();
        for (String name : written.keySet()) {
            PlannedVariable variable = Planned.variable(plan, name);
            boolean stays = variable.to()
                    .filter(to -> names(to.text(), olds.getOrDefault(name, "")))
                    .isPresent();
            if (stays && !told.contains(name)) {
                silent.add(
                        name + "=" + written.get(name) + " -> " + variable.to().orElseThrow());
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void setsNoSwitchOfDevelopmentThatIsOff() {
        assertThat(Planned.variable(plan("DEV_BYPASS_AUTH: 'false'"), "DEV_BYPASS_AUTH")
                        .to())
                .isEmpty();
    }

    @Test
    void leavesKeysOfSendersToTheTasksRole() {
        Plan plan = plan("AWS_SES_ACCESS_KEY_ID: AKIAEXAMPLE, AWS_SES_REGION: us-east-1");
        assertThat(Planned.variable(plan, "AWS_SES_ACCESS_KEY_ID").to()).isEmpty();
        assertThat(Planned.variable(plan, "AWS_SES_REGION").to()).isPresent();
        assertThat(plan.warnings())
                .extracting("message")
                .anyMatch(message ->
                        message.toString().endsWith("the task's role signs, and may send mail as shop.example"));
    }

    @Test
    void namesTheUserAndTheTokenOfACache() {
        Plan plan = plan("REDIS_HOST: cache, REDIS_PORT: 6379, REDIS_PASSWORD: 'abc', REDIS_TLS: 'false'");
        assertThat(Planned.variable(plan, "REDIS_AUTH_TOKEN").to().orElseThrow().text())
                .isEqualTo("${target:cache:password}");
        assertThat(Planned.variable(plan, "REDIS_AUTH_TOKEN").from()).isEmpty();
        assertThat(Planned.variable(plan, "REDIS_USERNAME").to().orElseThrow().text())
                .isEqualTo("${target:cache:user}");
        assertThat(Planned.variable(plan, "REDIS_TLS").to().orElseThrow().text())
                .isEqualTo("true");
    }

    @Test
    void sendsMailToSesInThePlaceOfACatcher() {
        assertThat(plan("SMTP_HOST: mailhog").warnings())
                .extracting("message")
                .anyMatch(message -> message.toString().contains("email-smtp.us-east-1.amazonaws.com"));
    }

    @Test
    void namesParametersOfConfiguration() {
        Plan plan = plan("LOG_LEVEL: info, PORT: 3000, AUTH_URL: 'http://auth:4010', JWT_SECRET: \"${JWT_SECRET}\"");
        assertThat(Planned.variable(plan, "LOG_LEVEL").parameter()).contains("/shop/prod/log-level");
        assertThat(Planned.variable(plan, "PORT").parameter()).isEmpty();
        assertThat(Planned.variable(plan, "AUTH_URL").parameter()).isEmpty();
        assertThat(Planned.variable(plan, "JWT_SECRET").parameter()).isEmpty();
    }

    private static boolean names(String value, String old) {
        return Pattern.compile("(?<![A-Za-z0-9_.:-])" + Pattern.quote(old) + "(?![A-Za-z0-9_-])(?!\\.shop\\.internal)")
                .matcher(value.replaceAll("\\$\\{[^}]*}", "").replaceAll("[?].*", ""))
                .find();
    }

    private static Plan plan(String environment) {
        return Planned.plan(SHOP.replace("VARIABLES", environment), SPEC);
    }
}
