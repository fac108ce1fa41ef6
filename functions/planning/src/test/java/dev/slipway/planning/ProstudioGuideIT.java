package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of ProStudio's guide, each in the plan of events/apps/prostudio. */
class ProstudioGuideIT {
    static final Map<String, String> SECRETS = Map.of("REDIS_PASSWORD", "r3dis-Secret");

    private static final AppBundle BUNDLE = Guides.read("prostudio", SECRETS);
    private static final Plan PLAN = Guides.plan(BUNDLE);

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "NGINX               | Application Load Balancer",
                "service prostudio   | AWS Fargate",
                "Redis               | Amazon ElastiCache",
                "one server          | Amazon ECS on AWS Fargate"
            })
    void mapsTheBoxesOfTheArchitecture(String from, String to) {
        assertThat(PLAN.mapping())
                .filteredOn(each -> each.from().startsWith(from))
                .extracting(PlannedMapping::to)
                .anyMatch(each -> each.startsWith(to));
    }

    @Test
    void redisHostIsTheEndpointOfElastiCache() {
        assertThat(to("REDIS_HOST")).isEqualTo("${target:redis:host}");
    }

    @Test
    void redisPasswordIsKeptInSecretsManager() {
        assertThat(to("REDIS_PASSWORD")).isEqualTo("${target:redis:password}");
        assertThat(variable("REDIS_PASSWORD").secret()).contains("prostudio.REDIS_PASSWORD");
    }

    /** The guide's ElastiCache knows the password as its token. */
    @Test
    void redisAuthTokenIsAddedBesideThePassword() {
        assertThat(to("REDIS_AUTH_TOKEN")).isEqualTo("${target:redis:password}");
        assertThat(variable("REDIS_AUTH_TOKEN").secret()).contains("prostudio.REDIS_AUTH_TOKEN");
    }

    @ParameterizedTest(name = "{0} {1} becomes {2}")
    @CsvSource({"API_WORKERS, 2, 4", "MAX_MEMORY_MB, 1024, 3072"})
    void variablesThatFollowTheSizeAreProposed(String name, String from, String to) {
        assertThat(variable(name).from().orElseThrow().text()).isEqualTo(from);
        assertThat(to(name)).isEqualTo(to);
    }

    @Test
    void nginxLeadsWhereItsConfigurationSays() {
        assertThat(BUNDLE.app().routes()).singleElement().satisfies(route -> {
            assertThat(route.service()).isEqualTo("prostudio");
            assertThat(route.from()).startsWith("nginx.conf:");
        });
    }

    @Test
    void gunicornRunsOnFargateWithItsHealthCheck() {
        assertThat(PLAN.services()).singleElement().satisfies(service -> {
            assertThat(service.port()).contains(8000);
            assertThat(service.healthPath()).isEqualTo("/health");
            assertThat(service.paths()).containsExactly("/*");
            assertThat(service.command().getFirst().text()).isEqualTo("gunicorn");
        });
    }

    @Test
    void recordOfTheDnsCutoverIsPlanned() {
        assertThat(PLAN.traffic().record()).contains("api.prostudio.com");
    }

    /** Phase 2, step 2: the server's own NGINX goes on behind it. */
    @Test
    void loadBalancerOfStepTwoStandsBeforeNginxOnTheServer() {
        assertThat(stage("load-balancer").blockers()).isEmpty();
        assertThat(stage("load-balancer").services()).singleElement().satisfies(nginx -> {
            assertThat(nginx.name()).isEqualTo("nginx");
            assertThat(nginx.port()).contains(80);
            assertThat(nginx.healthPath()).isEqualTo("/health");
            assertThat(nginx.paths()).containsExactly("/*");
        });
        assertThat(Guides.instead(stage("load-balancer"), "service prostudio"))
                .isEqualTo("stays where it is: the servers go on running it");
    }

    @Test
    void secondServerOfStepThreeIsPlannedAndPriced() {
        Plan plan = stage("second-server");
        assertThat(Guides.resources(plan, "AWS::EC2::Instance")).containsExactly("prostudio-second-server-1");
        assertThat(plan.services().getFirst().count()).isEqualTo(2);
        assertThat(plan.cost().lines())
                .filteredOn(line -> line.service().equals("Amazon EC2"))
                .extracting(line -> line.quantity())
                .containsExactly("1 × t2.micro");
    }

    @Test
    void everyKeyOfItsServerHasAFate() {
        assertThat(PLAN.lost()).noneMatch(fate -> fate.why().contains("does not know this key"));
    }

    private static Plan stage(String stage) {
        return Guides.stage("prostudio", stage);
    }

    private static String to(String name) {
        return variable(name).to().orElseThrow().text();
    }

    private static PlannedVariable variable(String name) {
        return PLAN.environmentOf("prostudio").stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
