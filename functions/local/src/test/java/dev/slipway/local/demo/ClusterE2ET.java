package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.kubernetes.LocalCluster;
import dev.slipway.local.router.PreschoolVisit;
import dev.slipway.local.router.Visit;
import dev.slipway.local.router.Visitors;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.report.Report;
import dev.slipway.report.StateVisit;
import dev.slipway.report.WeightStep;
import dev.slipway.worker.AppUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * An app of manifests, moved to a cluster by the real machine: once in vain, with its pods stopped again, and once to the end. The
 * account's EKS gives the API of fabric8's server as the cluster's own; pods are processes that the cluster's objects describe.
 */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterE2ET {
    private static final String APP = "preschool";
    private static final String ZONE = "crpschool.com";
    private static final String RECORD = APP + "." + ZONE;
    private static final String INPUT = "{\"app\":\"" + APP + "\"}";
    private static final SampleData DATA = SampleData.withRows(300);

    private DemoStory story;
    private LocalCluster cluster;
    private ClusterNodes nodes;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepare(DATA, 1, 10, Map.of());
        cluster =
                story.run().with(LocalCluster.start(story.run().folder().path().resolve("cluster")));
        story.run().cluster(cluster.endpoint(), cluster.certificate());
        nodes = story.run().with(ClusterNodes.start(story.run(), cluster, APP));
        publish();
        upload();
        story.run()
                .with(Visitors.start(
                        story.demo().router(),
                        new Visit(
                                RECORD,
                                15,
                                new PreschoolVisit(
                                        List.of("auth", "communication"), DATA.parents(), DATA.mediaNames()))));
    }

    @AfterAll
    void close() {
        story.close();
    }

    /** As a person stops it in the console, when part of the traffic is on the pods already. */
    @Test
    @Order(1)
    void goesBackAndStopsThePodsAgain() throws Exception {
        String execution = story.pipeline().start(INPUT);
        MigrationWatch.Ending ending = story.follow(APP, execution, story.stopIn("Shift weights", execution));
        assertThat(ending.phase()).as(ending.cause()).contains(Phase.ROLLED_BACK);
        assertThat(story.states(execution)).contains("Provision target", "Deploy services", "Shift weights");
        assertThat(cluster.workloads(APP))
                .extracting(LocalCluster.Workload::wanted)
                .as("pods that the cluster is asked for")
                .containsExactly(0, 0);
        assertThat(nodes.running()).containsOnly(Map.entry("auth", 0), Map.entry("communication", 0));
        assertThat(Visits.write(story.demo(), "http://" + RECORD + "/auth/messages"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(201))
                .satisfies(answer ->
                        assertThat(answer.headers().firstValue("X-Routed-To")).contains("old"));
        Report report = story.report(ending.row().orElseThrow());
        assertThat(report.outcome()).isEqualTo(Report.Outcome.ROLLED_BACK);
        assertThat(report.timeline().stream().map(StateVisit::state)).contains("Deploy services");
    }

    @Test
    @Order(2)
    void movesToTheClusterFromPlanToComplete() throws Exception {
        String execution = story.pipeline().start(INPUT);
        MigrationWatch.Ending ending = story.follow(APP, execution, watch -> {});
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(story.states(execution))
                .containsSubsequence(
                        "Plan migration",
                        "Provision target",
                        "Restore stores",
                        "Verify",
                        "Deploy services",
                        "Shift weights",
                        "Cut over",
                        "Start schedules",
                        "Complete");
        assertThat(nodes.running()).containsOnly(Map.entry("auth", 1), Map.entry("communication", 1));
        Report report = story.report(ending.row().orElseThrow());
        assertThat(report.outcome()).isEqualTo(Report.Outcome.COMPLETE);
        assertThat(report.shift().stream().map(WeightStep::weight)).endsWith(100);
        assertThat(report.shift())
                .allSatisfy(step -> assertThat(step.errors().orElse(0L)).isZero());
    }

    @Test
    @Order(3)
    void letsUsersWriteThroughThePodsToTheTargetsStore() throws Exception {
        assertThat(Visits.write(story.demo(), "http://" + RECORD + "/auth/messages"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(201))
                .satisfies(answer -> assertThat(answer.headers().firstValue("X-Routed-To"))
                        .hasValueSatisfying(side -> assertThat(side).contains("loadbalancer")));
        TargetOutputs target = target();
        assertThat(cluster.workloads(APP))
                .filteredOn(workload -> workload.name().equals("auth"))
                .singleElement()
                .extracting(workload -> workload.environment().get("DATABASE_URL"), STRING)
                .contains(target.value("PostgresHost"))
                .doesNotContain(story.demo().source().postgresUrl().password().orElseThrow());
    }

    /** What the functions showed at the cluster's door. */
    @Test
    @Order(4)
    void cameInByTokensOfTheClustersOwn() {
        assertThat(cluster.tokens())
                .isNotEmpty()
                .allSatisfy(token -> assertThat(token).startsWith("Bearer k8s-aws-v1."))
                .allSatisfy(token -> assertThat(new String(
                                Base64.getUrlDecoder().decode(token.substring("Bearer k8s-aws-v1.".length())),
                                StandardCharsets.UTF_8))
                        .startsWith("https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity")
                        .contains("x-k8s-aws-id", "X-Amz-Security-Token="));
    }

    private TargetOutputs target() {
        return story.pipeline()
                .artifacts()
                .read(story.pipeline().row(APP).orElseThrow().attempt().target(), TargetOutputs.class);
    }

    /** Beside the record of the demo's own app, in the zone that it has made. */
    private static void publish() {
        try (Route53Client route53 = Clients.of(Route53Client.builder())) {
            String zone = route53.listHostedZonesByName(request -> request.dnsName(ZONE))
                    .hostedZones()
                    .getFirst()
                    .id()
                    .replace("/hostedzone/", "");
            ResourceRecordSet old = ResourceRecordSet.builder()
                    .name(RECORD)
                    .type(RRType.CNAME)
                    .ttl(300L)
                    .resourceRecords(
                            ResourceRecord.builder().value("old." + ZONE).build())
                    .build();
            route53.changeResourceRecordSets(request -> request.hostedZoneId(zone)
                    .changeBatch(batch -> batch.changes(Change.builder()
                            .action(ChangeAction.CREATE)
                            .resourceRecordSet(old)
                            .build())));
        }
    }

    private void upload() throws IOException {
        Path folder = Files.createDirectories(story.run().folder().path().resolve("manifests"));
        String postgres = story.demo().source().postgresUrl().password().orElseThrow();
        String redis = story.demo().source().redisUrl().password().orElseThrow();
        Files.writeString(
                folder.resolve("app.yaml"),
                manifests()
                        .replace("{{postgres}}", postgres)
                        .replace("{{redis}}", redis)
                        .replace("{{media}}", story.run().folder().media().toString()));
        Files.writeString(folder.resolve("slipway.yaml"), """
                app: %s
                target: {region: us-east-1, size: poc, compute: eks, images: source}
                strategy: freeze
                stores:
                  postgres: {url: "postgres://postgres:${POSTGRES_PASSWORD}@127.0.0.1:%d/crp_preschool"}
                  redis: {role: record, url: "redis://:${REDIS_PASSWORD}@127.0.0.1:%d"}
                traffic: {zone: %s, record: %s, by: 50, every: 2s}
                """.formatted(
                        APP,
                        story.demo().source().postgresUrl().port(0),
                        story.demo().source().redisUrl().port(0),
                        ZONE,
                        RECORD));
        AppBundle bundle = AppFiles.readDirectory(folder);
        new AppUpload(
                        story.pipeline().artifacts().artifacts(),
                        new FlatSecrets(Clients.of(SecretsManagerClient.builder())))
                .put(bundle, AppFiles.manifests(folder, bundle));
    }

    private static String manifests() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ClusterE2ET.class.getResourceAsStream("preschool.k8s.yaml"), "the manifests")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
