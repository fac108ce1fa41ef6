package dev.slipway.worker.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class PlanTextTest {
    private static final String TRAFFIC = "traffic: {zone: shop.example, record: www.shop.example}\n";

    @Test
    void saysFirstWhetherARunMayBegin() {
        assertThat(text(shop(1, "LOG: info"), Extent.SHORT))
                .startsWith(
                        "shop to AWS: region us-east-1, size poc, compute fargate\n  Ready: nothing stops the run.\n");
        assertThat(text(shop(1, "DEV_BYPASS_AUTH: 'true'"), Extent.SHORT)).contains("""
                  Not ready: 1 blocker below.
                """, """
                1 blocker: nothing is done before it is gone
                  service web-0  DEV_BYPASS_AUTH is a switch for development: remove it, it must be absent in production
                """);
    }

    @Test
    void showsOldAndNewOfEveryVariableThatChanges() {
        assertThat(text(shop(1, "DB_HOST: db, LOG: info, URL: 'postgres://app:${PW}@db:5432/shop'"), Extent.SHORT))
                .contains(
                        "    DB_HOST  was  db\n             now  <db host>\n",
                        "    URL      was  postgres://app:${PW}@db:5432/shop\n",
                        "             now  postgres://<db>/shop<db query>, by Secrets Manager\n")
                .contains("    as before, by Parameter Store  LOG\n");
    }

    @Test
    void tellsOnceWhatSeveralServicesShare() {
        String text = text(shop(40, "DB_HOST: db"), Extent.SHORT);
        assertThat(text).containsOnlyOnce("it has no health check").containsOnlyOnce("DB_HOST  was  db\n");
        assertThat(text)
                .contains("services web-0, web-1, web-2 and 37 more", "The same in web-0, web-1, web-2 and 37 more");
    }

    @Test
    void isShortUnlessAllIsWanted() {
        Plan plan = shop(40, "DB_HOST: db");
        assertThat(text(plan, Extent.SHORT)).contains(" more  ", "see --all").doesNotContain("Changed\n");
        assertThat(text(plan, Extent.ALL))
                .contains("web-39: Fargate", "Changed\n", "Kept\n")
                .doesNotContain("37 more", "see --all ");
    }

    @Test
    void saysWhereTheRunLeadsAndWhatItCosts() {
        assertThat(text(shop(1, "LOG: info", "strategy: freeze"), Extent.SHORT))
                .contains(
                        "www.shop.example in zone shop.example",
                        "10 20 30 40 50 60 70 80 90 100 % to the new side, 5 min each",
                        "Cost a month, by AWS's prices of "
                                + shop(1, "LOG: info").cost().pricesAsOf() + " in us-east-1",
                        "By size of target: poc $",
                        "The run takes about ",
                        "mac_address");
    }

    @ParameterizedTest
    @CsvSource({"true,30 days", "7d,7 days", "1d,1 day"})
    void saysHowOftenTheLoginsAreTurned(String rotation, String every) {
        Plan plan = shop(1, "LOG: info", "stores: {db: {rotation: " + rotation + "}}");
        assertThat(text(plan, Extent.SHORT)).contains("20 GB, app's logins turned every " + every);
    }

    @ParameterizedTest
    @CsvSource({"1,40", "1,80", "1,120", "40,40", "40,80", "40,120"})
    void isNoWiderThanTheTerminal(int services, int columns) {
        String text = PlanText.render(
                shop(services, "URL: 'postgres://app:${PW}@db:5432/shop?a=b'"),
                Extent.ALL,
                new Look(columns, Ansi.OFF));
        assertThat(text.lines()).allMatch(line -> line.length() <= columns);
    }

    @Test
    void coloursWhereItMay() {
        Plan plan = shop(1, "DEV_BYPASS_AUTH: 'true'");
        String coloured = PlanText.render(plan, Extent.SHORT, new Look(80, Ansi.ON));
        String plain = PlanText.render(plan, Extent.SHORT, new Look(80, Ansi.OFF));
        assertThat(coloured).contains("\033[31m");
        assertThat(plain).doesNotContain("\033");
        assertThat(coloured.replaceAll("\033\\[[0-9;]*m", "").lines().map(String::stripTrailing))
                .containsExactlyElementsOf(plain.lines().toList());
    }

    @Test
    void showsTheDemosAppWithoutASecret() {
        Map<String, String> variables = Map.of(
                "POSTGRES_PASSWORD", "p@ss/w0rd%1",
                "REDIS_PASSWORD", "r3dis-Secret",
                "JWT_SECRET", "jwt-S3cret-of-the-school",
                "ENCRYPTION_KEY", "0123456789abcdef0123456789ABCDEF",
                "GRAFANA_PASSWORD", "gr4fana-pw");
        Path root = Path.of(System.getProperty("slipway.root", "../.."));
        AppBundle bundle = AppFiles.readDirectory(root.resolve("events/apps/crp-preschool"), variables);
        String text = text(new Planner().plan(bundle.app(), bundle.spec()), Extent.ALL);
        assertThat(text).contains("Ready", "Amazon RDS for PostgreSQL 15, db.t4g.micro, 20 GB", "/communication/*");
        variables.forEach((name, value) -> assertThat(text).as(name).doesNotContain(value));
    }

    private static String text(Plan plan, Extent extent) {
        return PlanText.render(plan, extent, Look.PLAIN);
    }

    private static Plan shop(int services, String environment) {
        return shop(services, environment, "");
    }

    private static Plan shop(int services, String environment, String more) {
        String compose = """
                services:
                  db:
                    image: postgres:16
                    environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: "${PW}", POSTGRES_DB: shop}
                    ports: ["5432:5432"]
                """
                + IntStream.range(0, services)
                        .mapToObj(i ->
                                "  web-%d: {image: 'shop/web:1', mac_address: '02:42:ac:11:65:43', ports: ['%d:80'], environment: {%s}}\n"
                                        .formatted(i, 8000 + i, environment))
                        .collect(Collectors.joining());
        AppBundle bundle = AppFiles.readUploaded("shop", compose, TRAFFIC + more);
        return new Planner().plan(bundle.app(), bundle.spec());
    }
}
