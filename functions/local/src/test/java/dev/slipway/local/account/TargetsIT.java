package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.blueprints.EdgeTemplate;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets of the guides' apps, made in the emulated account, asked for by the services' own APIs, changed and removed. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(StartedAccount.Resolver.class)
final class TargetsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final StartedAccount account;
    private final Stacks stacks;
    private final Questions questions;

    @TempDir
    Path folder;

    TargetsIT(StartedAccount account) {
        this.account = account;
        this.stacks = account.stacks();
        this.questions = account.questions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crp-preschool", "smartboard", "migrateai", "prostudio"})
    void makesChangesAndRemovesTheTargetOfAGuide(String app) throws Exception {
        Inventory before = Inventory.of(questions);
        GuideTargets guides = new GuideTargets(folder);
        Plan plan = guides.plan(app, UnaryOperator.identity());
        String template = template(plan);
        assertThat(stacks.change(app, template, Map.of()))
                .as(() -> stacks.firstFailure(app))
                .isEqualTo("CREATE_COMPLETE");
        MadeTarget target = new MadeTarget(plan, stacks.resources(app), questions);
        assertToldAsWritten(JSON.readTree(template).path("Resources"), target);
        ToldServices.assertAsPlanned(target);
        ToldRoutes.assertAsPlanned(target);
        ToldAccess.assertAsPlanned(target);
        ToldBuckets.assertAsPlanned(target);
        ToldAlarms.assertAsPlanned(target);
        assertThat(stacks.change(app, template, Map.of())).isEqualTo(Stacks.UNCHANGED);

        Plan more = guides.planWithMoreMemory(app);
        assertChangesOneService(app, plan, more);
        assertReturnsToWhatRanBefore(
                target, LogicalName.of(more.services().getFirst().name()));
        assertThat(stacks.change(app, template(more), Map.of()))
                .as("what was put back, CloudFormation does not see")
                .isEqualTo(Stacks.UNCHANGED);

        assertThat(stacks.delete(app)).isEqualTo("DELETE_COMPLETE");
        assertOnlyStoresAreLeft(Inventory.of(questions).beyond(before).keySet());
    }

    /** What runs in the cluster is no resource of the stack, so there is nothing to change as a task definition is. */
    @Test
    void makesAndRemovesTheTargetThatIsACluster() throws IOException {
        Inventory before = Inventory.of(questions);
        Plan plan = new GuideTargets(folder).plan("bahnvision", UnaryOperator.identity());
        String template = template(plan);
        assertThat(stacks.change("bahnvision", template, Map.of()))
                .as(() -> stacks.firstFailure("bahnvision"))
                .isEqualTo("CREATE_COMPLETE");
        MadeTarget target = new MadeTarget(plan, stacks.resources("bahnvision"), questions);
        assertToldAsWritten(JSON.readTree(template).path("Resources"), target);
        assertThat(clusters()).containsExactly(target.id("Cluster"));
        assertThat(stacks.change("bahnvision", template, Map.of())).isEqualTo(Stacks.UNCHANGED);

        assertThat(stacks.delete("bahnvision")).isEqualTo("DELETE_COMPLETE");
        assertThat(clusters()).isEmpty();
        assertOnlyStoresAreLeft(Inventory.of(questions).beyond(before).keySet());
    }

    private List<String> clusters() {
        return questions
                .ask("eks", "ListClusters", Map.of())
                .path("clusters")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** Outside CloudFront's own region, with media under a name of their own, mail from the app's domain and a pipeline. */
    @Test
    void makesTheNamesOfATargetThatLivesElsewhere() {
        String zone = questions
                .ask("route53", "CreateHostedZone", Map.of("Name", "crpschool.com", "CallerReference", "elsewhere"))
                .at("/HostedZone/Id")
                .asText()
                .replace("/hostedzone/", "");
        TargetSpec spec = new GuideTargets(folder).elsewhere(zone);
        assertThat(stacks.change("edge", EdgeTemplate.of(spec).orElseThrow(), Map.of()))
                .as(() -> stacks.firstFailure("edge"))
                .isEqualTo("CREATE_COMPLETE");
        Map<String, String> edge = stacks.outputs("edge");
        assertThat(edge.get("MediaCdnCertificate")).startsWith("arn:aws:acm:us-east-1:");

        assertThat(stacks.change("elsewhere", TargetTemplate.of(spec.withEdge(edge)), Map.of()))
                .as(() -> stacks.firstFailure("elsewhere"))
                .isEqualTo("CREATE_COMPLETE");
        String cdn = Objects.requireNonNull(stacks.resources("elsewhere").get("MediaCdn"));
        assertThat(questions
                        .ask("cloudfront", "GetDistribution", Map.of("Id", cdn))
                        .at("/Distribution/DistributionConfig/Aliases/Items/0")
                        .asText())
                .isEqualTo("media.crpschool.com");
        assertThat(questions
                        .ask("sesv2", "GetEmailIdentity", Map.of("EmailIdentity", "crpschool.com"))
                        .path("IdentityType")
                        .asText())
                .isEqualTo("DOMAIN");
        assertThat(questions
                        .ask("route53", "ListResourceRecordSets", Map.of("HostedZoneId", zone))
                        .path("ResourceRecordSets")
                        .valueStream()
                        .filter(record -> record.path("Type").asText().equals("CNAME"))
                        .filter(record -> record.path("Name").asText().contains("._domainkey.crpschool.com")))
                .hasSize(3);

        assertThat(questions
                        .ask("codepipeline", "GetPipeline", Map.of("name", "elsewhere"))
                        .at("/pipeline/stages/2/actions/0/configuration/ProjectName")
                        .asText())
                .isEqualTo("elsewhere-deploy");

        assertThat(stacks.delete("elsewhere")).isEqualTo("DELETE_COMPLETE");
        assertThat(stacks.delete("edge")).isEqualTo("DELETE_COMPLETE");
    }

    /** The steps that make one leave nothing at all: ProvisionE2ET. */
    @Test
    void rollsBackWhereAQuotaIsReached() throws IOException {
        Inventory before = Inventory.of(questions);
        account.faults("""
                {"rds:CreateDBInstance": {"code": "InstanceQuotaExceeded",
                  "message": "Cannot create more than 40 DB instances"}}""");
        String template = template(new GuideTargets(folder).plan("migrateai", UnaryOperator.identity()));
        assertThat(stacks.change("quota", template, Map.of())).isEqualTo("ROLLBACK_COMPLETE");
        account.faults("{}");
        assertThat(stacks.firstFailure("quota"))
                .startsWith("PostgresInstance: ")
                .contains("Cannot create more than 40 DB instances");
        assertThat(stacks.delete("quota")).isEqualTo("DELETE_COMPLETE");
        assertThat(Inventory.of(questions).beyond(before).keySet())
                .as("the load balancer's logs at the most")
                .isSubsetOf("s3 ListBuckets");
    }

    /** From the app's files through the plan to the change set, which has the one service in it and nothing else. */
    private void assertChangesOneService(String app, Plan before, Plan after) throws IOException {
        List<PlannedService> changed = IntStream.range(0, after.services().size())
                .filter(i -> !after.services().get(i).equals(before.services().get(i)))
                .mapToObj(i -> after.services().get(i))
                .toList();
        assertThat(changed).hasSize(1);
        String service = LogicalName.of(changed.getFirst().name());
        Set<String> expected = new TreeSet<>(Set.of(service + "TaskDefinition", service + "Service"));
        // ProStudio's gunicorn is told how much memory its task has.
        after.environment().stream()
                .filter(variable -> !before.environment().contains(variable))
                .forEach(variable -> expected.add(parameter(variable)));
        assertThat(stacks.change(app, template(after), Map.of()))
                .as(() -> stacks.firstFailure(app))
                .isEqualTo("UPDATE_COMPLETE");
        // The emulated account does not list what only refers to what is replaced.
        assertThat(stacks.listed(app)).contains(service + "TaskDefinition").isSubsetOf(expected);
        assertThat(stacks.updated(app)).isEqualTo(expected);
        ToldServices.assertTask(new MadeTarget(after, stacks.resources(app), questions), changed.getFirst());
    }

    /** As a rollback does it: with the revision of before the change, which is active still. */
    private void assertReturnsToWhatRanBefore(MadeTarget before, String service) {
        String revision = before.id(service + "TaskDefinition");
        String[] arn = before.id(service + "Service").split("/", -1);
        Map<String, Object> named = Map.of("cluster", arn[1], "services", List.of(arn[2]));
        assertThat(before.ask("ecs", "DescribeServices", named)
                        .at("/services/0/taskDefinition")
                        .asText())
                .isNotEqualTo(revision);
        before.ask(
                "ecs",
                "UpdateService",
                Map.of("cluster", arn[1], "service", arn[2], "taskDefinition", revision, "desiredCount", 0));
        assertThat(before.ask("ecs", "DescribeServices", named)
                        .at("/services/0/taskDefinition")
                        .asText())
                .isEqualTo(revision);
        assertThat(before.ask("ecs", "DescribeTaskDefinition", Map.of("taskDefinition", revision))
                        .at("/taskDefinition/status")
                        .asText())
                .isEqualTo("ACTIVE");
    }

    private static String parameter(PlannedVariable variable) {
        String name = variable.parameter().orElseThrow();
        return LogicalName.of(name.substring(name.lastIndexOf('/') + 1)) + "Parameter";
    }

    private static String template(Plan plan) {
        return TargetTemplate.of(new TargetSpec(plan, true));
    }

    /** What each service says of a resource is what the template says of it. */
    private static void assertToldAsWritten(JsonNode resources, MadeTarget target) throws IOException {
        List<List<String>> readings = Table.rows("targets.readings.psv").toList();
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            for (List<String> reading : readings) {
                JsonNode written = resource.getValue().path("Properties").at("/" + reading.get(4));
                if (reading.get(0).equals(resource.getValue().path("Type").asText())
                        && (written.isValueNode() || written.has("Ref"))) {
                    String id = target.id(resource.getKey());
                    JsonNode answer = target.ask(
                            reading.get(1),
                            reading.get(2),
                            JSON.readValue(reading.get(3).replace("${Ref}", id), MAP));
                    String expected =
                            written.has("Ref") ? target.id(written.path("Ref").asText()) : text(written);
                    assertThat(text(answer.at(reading.get(5))))
                            .as(() -> resource.getKey() + " " + reading.get(4) + " in " + answer)
                            .isEqualToIgnoringCase(expected);
                }
            }
        }
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText();
    }

    private static void assertOnlyStoresAreLeft(Set<String> left) {
        assertThat(Inventory.STORES).containsAll(left);
        assertThat(left).contains("s3 ListBuckets", "elasticache DescribeReplicationGroups");
    }
}
