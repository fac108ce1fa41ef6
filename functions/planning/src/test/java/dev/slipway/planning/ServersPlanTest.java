package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A load balancer before servers that go on. */
class ServersPlanTest {
    private static final String NETWORK =
            "network: {vpc: vpc-0a, public_subnets: [subnet-1, subnet-2], private_subnets: [subnet-3, subnet-4]}";
    private static final String GROUP = "existing: [i-0a], security_group: sg-0a";
    private static final String SHOP = """
            services:
              db: {image: "postgres:16", ports: ["5432:5432"], environment: {POSTGRES_PASSWORD: pw}}
              web:
                image: shop/web:1
                ports: ["8443:443", "8080:3000"]
                healthcheck: {test: "curl -f http://localhost:3000/healthz"}
              api: {image: "shop/api:1", ports: ["8081:4000"], environment: {DATABASE_URL: "postgres://postgres:pw@db/postgres"}}
              worker: {image: "shop/worker:1"}
              grafana: {image: "grafana/grafana:11", ports: ["3001:3000"]}
            """;

    @Test
    void leadsToWhatTheAppPublishesByThePortsOfTheServer() {
        Plan plan = plan(GROUP, NETWORK, "");
        assertThat(plan.blockers()).isEmpty();
        assertThat(plan.services()).extracting(PlannedService::name).containsExactly("web", "api");
        assertThat(plan.services())
                .extracting(service -> service.port().orElseThrow())
                .containsExactly(8443, 8081);
        assertThat(plan.services()).extracting(PlannedService::count).containsOnly(1);
        assertThat(plan.environment()).isEmpty();
        assertThat(plan.jobs()).isEmpty();
    }

    @Test
    void goesPastAServersProxyWhereThePathsAreSaid() {
        Plan plan = plan(GROUP, NETWORK, ", paths: {api: /v1/*}");
        assertThat(plan.services()).singleElement().satisfies(api -> {
            assertThat(api.port()).contains(8081);
            assertThat(api.paths()).containsExactly("/v1/*");
        });
    }

    @Test
    void pricesTheServersThatAreMadeAndNotThoseOfToday() {
        assertThat(ec2(plan(GROUP, NETWORK, ""))).isEmpty();
        assertThat(ec2(plan(GROUP + ", image: ami-0a, count: 2", NETWORK, ""))).contains("2 × t3.micro");
        assertThat(plan(GROUP + ", launch_template: lt-0a:1", NETWORK, "")
                        .cost()
                        .notPriced())
                .extracting(Cost.NotPriced::item)
                .contains("further servers", "disks of further servers");
    }

    @Test
    void costsNoTaskOfFargate() {
        assertThat(plan(GROUP, NETWORK, "").cost().lines())
                .extracting(Cost.Line::service)
                .doesNotContain("AWS Fargate")
                .contains("Elastic Load Balancing");
        assertThat(plan(GROUP, NETWORK, "").cost().monthlyUsd()).isGreaterThan(BigDecimal.TEN);
    }

    @Test
    void saysThatNoWritePausesWhereNoStoreIsMoved() {
        Plan left = plan(GROUP, NETWORK, "}\nstores: {db: {role: leave}");
        assertThat(left.strategyReason()).startsWith("no store is moved, so no write pauses");
        assertThat(left.warnings()).extracting(Finding::subject).doesNotContain("strategy freeze", "store db");
        assertThat(plan(GROUP, NETWORK, "").warnings())
                .filteredOn(finding -> finding.subject().equals("store db"))
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("the servers keep their own variables"));
    }

    @Test
    void saysWhoHasToLetTheLoadBalancerIn() {
        assertThat(plan("existing: [i-0a]", NETWORK, "").warnings())
                .filteredOn(finding -> finding.subject().equals("target.servers"))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .contains("port 8443, 8081");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "existing: [i-0a]                        | nat: one | target.network          | the servers stand in a network that nothing names",
                "count: 0                                |          | target.servers.existing | names no server",
                "existing: [i-0a, 10.0.0.5]              |          | target.servers.existing | names instances and addresses",
                "existing: [3.120.7.9]                   |          | target.servers.existing | 3.120.7.9 is not private",
                "existing: [i-0a, i-0a]                  |          | target.servers.existing | names a server twice",
                "existing: [i-0a], count: 1              |          | target.servers.count    | nothing says what further servers are made from"
            })
    void refuses(String servers, String network, String subject, String why) {
        assertThat(plan(servers, network == null ? NETWORK : "network: {" + network + "}", "")
                        .blockers())
                .singleElement()
                .satisfies(blocker -> {
                    assertThat(blocker.subject()).isEqualTo(subject);
                    assertThat(blocker.message()).startsWith(why).doesNotContain("\n");
                });
    }

    @Test
    void refusesPathsOfAServiceThatIsNotReached() {
        assertThat(plan(GROUP, NETWORK, ", paths: {worker: /*}").blockers())
                .extracting(Finding::message)
                .contains("names 'worker', which publishes no port on its server: give it one");
    }

    private static String ec2(Plan plan) {
        return String.join(
                ", ",
                plan.cost().lines().stream()
                        .filter(line -> line.service().equals("Amazon EC2"))
                        .map(Cost.Line::quantity)
                        .toList());
    }

    private static Plan plan(String servers, String network, String traffic) {
        return Planned.plan(SHOP, """
                target: {compute: servers, servers: {%s}, %s}
                traffic: {zone: shop.example, record: www.shop.example%s}
                """.formatted(servers, network, traffic));
    }
}
