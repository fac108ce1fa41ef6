package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServicePlannerTest {
    private static final String SHOP = """
            services:
              proxy: {image: "nginx:1", ports: ["80:80"]}
              web: {image: shop/web:1, expose: [3000]}
              api: {image: shop/api:1, ports: ["8080:8080"], expose: [9000]}
              old: {image: shop/old:1, ports: ["81:81"]}
              migrate: {image: shop/api:1, command: alembic upgrade head, environment: {DATABASE_URL: "postgres://app@db/shop"}}
              report: {image: shop/report:1}
              db: {image: "postgres:16", ports: ["5432:5432"], environment: {POSTGRES_PASSWORD: "${PW}"}}
            """;

    @Test
    void leadsRequestsWhereTheAppsProxyDoes() {
        Plan plan = plan(
                "",
                List.of(
                        route(Optional.empty(), "/api/*", "api", Optional.of(9000)),
                        route(Optional.empty(), "/*", "web", Optional.empty()),
                        route(Optional.empty(), "/grafana/*", "proxy", Optional.empty())));
        assertThat(plan.routes()).containsExactly(new Plan.Route("/api/*", "api"), new Plan.Route("/*", "web"));
        assertThat(service(plan, "api").port()).contains(9000);
        assertThat(service(plan, "web").hosts()).isEmpty();
        assertThat(plan.warnings()).extracting(Finding::subject).contains("service old", "service proxy");
    }

    @Test
    void keepsTheHostsApart() {
        Plan plan = plan(
                "",
                List.of(
                        route(Optional.of("api.shop.example"), "/*", "api", Optional.empty()),
                        route(Optional.of("www.shop.example"), "/*", "web", Optional.empty())));
        assertThat(service(plan, "api").hosts()).containsExactly("api.shop.example");
        assertThat(service(plan, "web").hosts()).containsExactly("www.shop.example");
    }

    @Test
    void followsSlipwayYamlBeforeAnyProxy() {
        Plan plan = plan(
                "traffic: {zone: a.b, record: a.b, paths: {old: /*}}\n",
                List.of(route(Optional.empty(), "/*", "web", Optional.empty())));
        assertThat(plan.routes()).containsExactly(new Plan.Route("/*", "old"));
    }

    /** Docker Compose pulls before it builds, unless it is told to build. */
    @Test
    void takesAnImageThatIsBuiltAndNamedFromItsRegistryUnlessThePolicyIsToBuild() {
        AppBundle bundle = AppFiles.readUploaded("shop", """
                services:
                  web: {image: shop/web:1, build: ., ports: ["80:80"]}
                  api: {image: shop/api:2, build: {context: api}, pull_policy: build, ports: ["81:80"]}
                  old: {image: shop/old:3, pull_policy: build, ports: ["82:80"]}
                """, "target: {images: source}");
        Plan plan = new Planner().plan(bundle.app(), bundle.spec());
        assertThat(plan.services())
                .extracting(
                        PlannedService::name,
                        PlannedService::image,
                        PlannedService::built,
                        it -> plan.builds(it.name()))
                .containsExactlyInAnyOrder(
                        tuple("web", "shop/web:1", false, true),
                        tuple("api", "shop/api:2", true, true),
                        tuple("old", "shop/old:3", false, false));
        assertThat(plan.resources())
                .filteredOn(resource -> resource.type().equals("AWS::ECR::Repository"))
                .extracting(PlannedResource::name)
                .containsExactly("shop-api");
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning.subject() + ": " + warning.message())
                        .startsWith("service api: it is built, as its 'pull_policy' says"));
    }

    @Test
    void plansJobsBesideTheServices() {
        Plan plan = plan("", List.of());
        assertThat(plan.services()).extracting(PlannedService::name).doesNotContain("migrate", "report");
        assertThat(plan.jobs()).extracting(PlannedJob::name).containsExactly("migrate", "report");
        assertThat(plan.jobs())
                .extracting(PlannedJob::schedule)
                .containsExactly(Optional.empty(), Optional.of("rate(1 day)"));
        assertThat(plan.schemaCommand()).contains("alembic upgrade head");
        assertThat(plan.environmentOf("migrate")).isNotEmpty();
        assertThat(plan.resources())
                .extracting(PlannedResource::type, PlannedResource::name)
                .contains(tuple("AWS::Scheduler::Schedule", "report"));
    }

    @Test
    void scalesAsTheGuidesAskButForAProofOfConcept() {
        assertThat(service(plan("", List.of()), "web").scaling()).isEmpty();
        assertThat(service(plan("target: {size: small}\n", List.of()), "web").scaling())
                .contains(new Scaling(2, 10, 70));
        assertThat(service(plan("target: {size: small}\n", List.of()), "api").scaling())
                .as("what the app's files say")
                .contains(new Scaling(3, 6, 80));
        assertThat(service(plan("", List.of()), "api").count()).isEqualTo(3);
    }

    @Test
    void refusesMoreThanFargateHas() {
        Plan plan = Planned.plan(
                "services: {web: {image: a, deploy: {resources: {limits: {memory: 200g}}}}}", Planned.TRAFFIC);
        assertThat(plan.blockers()).extracting(Finding::subject).containsExactly("service web");
    }

    @Test
    void plansACluster() {
        Plan plan = plan("target: {compute: eks}\n", List.of());
        assertThat(plan.blockers())
                .as("a compose file has no manifests that could be applied")
                .extracting(Finding::subject)
                .containsExactly("target.compute");
        assertThat(plan.resources())
                .extracting(PlannedResource::type)
                .contains("AWS::EKS::Cluster", "AWS::EKS::PodIdentityAssociation")
                .doesNotContain("AWS::ECS::Service", "AWS::EKS::Nodegroup");
        assertThat(plan.warnings())
                .extracting(Finding::subject)
                .doesNotContain("target.compute")
                .contains("resources");
    }

    private static PlannedService service(Plan plan, String name) {
        return plan.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Route route(Optional<String> host, String path, String service, Optional<Integer> port) {
        return new Route(host, path, service, port, "nginx.conf:1");
    }

    /** As an app is read whose proxy and jobs are known. */
    private static Plan plan(String spec, List<Route> routes) {
        AppBundle bundle =
                AppFiles.readUploaded("shop", SHOP, spec.contains("traffic:") ? spec : spec + Planned.TRAFFIC);
        App app = bundle.app();
        return new Planner()
                .plan(
                        new App(
                                app.name(),
                                app.platform(),
                                app.services().stream()
                                        .map(ServicePlannerTest::known)
                                        .toList(),
                                app.stores(),
                                routes,
                                app.declared(),
                                app.findings()),
                        bundle.spec());
    }

    static AppService known(AppService service) {
        return switch (service.name()) {
            case "proxy" -> with(service, ServiceKind.PROXY, Optional.empty(), Optional.empty());
            case "migrate" -> with(service, ServiceKind.JOB, Optional.empty(), Optional.empty());
            case "report" -> with(service, ServiceKind.JOB, Optional.of("rate(1 day)"), Optional.empty());
            case "api" -> with(service, ServiceKind.APP, Optional.empty(), Optional.of(new Scaling(3, 6, 80)));
            default -> service;
        };
    }

    private static AppService with(
            AppService service, ServiceKind kind, Optional<String> schedule, Optional<Scaling> scaling) {
        return new AppService(
                service.name(),
                kind,
                service.product(),
                service.image(),
                service.ports(),
                service.environment(),
                service.command(),
                service.container(),
                service.health(),
                schedule,
                scaling,
                service.cpus(),
                service.memoryMiB(),
                service.replicas(),
                service.dependsOn(),
                service.volumes(),
                service.declared());
    }
}
