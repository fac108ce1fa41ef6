package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.plan.TargetNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Services: their size, what they are told, where they log, where their images lie, how their number follows the load. */
final class ToldServices {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IMAGES_KEPT = 10;
    private static final int DAYS_OF_LOGS = 30;

    private ToldServices() {}

    static void assertAsPlanned(MadeTarget target) throws Exception {
        for (PlannedService service : target.plan().services()) {
            assertTask(target, service);
            assertLogs(target, service);
            assertImages(target, service);
            assertScaling(target, service);
        }
        assertParameters(target);
    }

    static void assertTask(MadeTarget target, PlannedService service) {
        JsonNode task = target.ask(
                        "ecs",
                        "DescribeTaskDefinition",
                        Map.of("taskDefinition", target.id(LogicalName.of(service.name()) + "TaskDefinition")))
                .path("taskDefinition");
        assertThat(task.path("cpu").asInt()).isEqualTo(service.cpu());
        assertThat(task.path("memory").asInt()).isEqualTo(service.memoryMib());
        JsonNode container = task.at("/containerDefinitions/0");
        assertThat(container.at("/logConfiguration/options/awslogs-group").asText())
                .isEqualTo(TargetNames.logGroup(target.plan().app(), service.name()));
        Map<String, String> plain = pairs(container.path("environment"), "value");
        Map<String, String> secrets = pairs(container.path("secrets"), "valueFrom");
        for (PlannedVariable variable : target.plan().environmentOf(service.name())) {
            if (variable.to().isEmpty()) {
                assertThat(plain).doesNotContainKey(variable.name());
                assertThat(secrets).doesNotContainKey(variable.name());
            } else if (variable.parameter().isPresent()) {
                assertThat(secrets.get(variable.name()))
                        .endsWith(":parameter" + variable.parameter().get());
            } else if (variable.delivered().isPresent()) {
                assertThat(secrets.get(variable.name()))
                        .isEqualTo(target.id("AppSecret") + ":"
                                + variable.delivered().get() + "::");
            } else {
                assertThat(plain)
                        .containsEntry(
                                variable.name(),
                                variable.to().flatMap(to -> to.plain()).orElseThrow());
            }
        }
    }

    private static Map<String, String> pairs(JsonNode list, String value) {
        Map<String, String> pairs = new TreeMap<>();
        list.forEach(
                pair -> pairs.put(pair.path("name").asText(), pair.path(value).asText()));
        return pairs;
    }

    private static void assertLogs(MadeTarget target, PlannedService service) {
        String name = TargetNames.logGroup(target.plan().app(), service.name());
        assertThat(target.ask("logs", "DescribeLogGroups", Map.of("logGroupNamePrefix", name))
                        .path("logGroups"))
                .anySatisfy(group -> {
                    assertThat(group.path("logGroupName").asText()).isEqualTo(name);
                    assertThat(group.path("retentionInDays").asInt()).isEqualTo(DAYS_OF_LOGS);
                });
    }

    private static void assertImages(MadeTarget target, PlannedService service) throws Exception {
        String name = TargetNames.repository(target.plan().app(), service.name());
        JsonNode repository = target.ask("ecr", "DescribeRepositories", Map.of("repositoryNames", List.of(name)))
                .at("/repositories/0");
        assertThat(repository.at("/imageScanningConfiguration/scanOnPush").asBoolean())
                .isTrue();
        JsonNode rule = JSON.readTree(target.ask("ecr", "GetLifecyclePolicy", Map.of("repositoryName", name))
                        .path("lifecyclePolicyText")
                        .asText())
                .at("/rules/0");
        assertThat(rule.at("/action/type").asText()).isEqualTo("expire");
        assertThat(rule.at("/selection/countNumber").asInt()).isEqualTo(IMAGES_KEPT);
        assertThat(rule.at("/selection/tagStatus").asText()).isEqualTo("any");
    }

    private static void assertScaling(MadeTarget target, PlannedService service) {
        String arn = target.id(LogicalName.of(service.name()) + "Service");
        Map<String, Object> which =
                Map.of("ServiceNamespace", "ecs", "ResourceIds", List.of("service/" + arn.split(":service/", 2)[1]));
        JsonNode targets = target.ask("application-autoscaling", "DescribeScalableTargets", which)
                .path("ScalableTargets");
        assertThat(targets).as(service.name()).hasSize(service.scaling().isPresent() ? 1 : 0);
        service.scaling().ifPresent(scaling -> {
            assertThat(targets.at("/0/MaxCapacity").asInt()).isEqualTo(scaling.most());
            assertThat(targets.at("/0/MinCapacity").asInt())
                    .as("no task before its data is there")
                    .isZero();
            JsonNode policies = target.ask(
                            "application-autoscaling",
                            "DescribeScalingPolicies",
                            Map.of(
                                    "ServiceNamespace",
                                    "ecs",
                                    "ResourceId",
                                    targets.at("/0/ResourceId").asText()))
                    .path("ScalingPolicies");
            assertThat(policies).singleElement().satisfies(policy -> {
                assertThat(policy.findPath("TargetValue").asInt()).isEqualTo(scaling.cpuPercent());
                assertThat(policy.findPath("PredefinedMetricType").asText())
                        .isEqualTo("ECSServiceAverageCPUUtilization");
            });
        });
    }

    private static void assertParameters(MadeTarget target) {
        for (PlannedVariable variable : target.plan().environment()) {
            variable.parameter().ifPresent(name -> {
                String told = target.ask("ssm", "GetParameter", Map.of("Name", name))
                        .at("/Parameter/Value")
                        .asText();
                variable.to()
                        .flatMap(to -> to.plain())
                        .ifPresentOrElse(
                                value -> assertThat(told).as(name).isEqualTo(value),
                                () -> assertThat(told)
                                        .as(name + " says where something of the target is")
                                        .isIn(places(target)));
            });
        }
    }

    private static List<String> places(MadeTarget target) {
        List<String> buckets = target.plan().stores().stream()
                .map(store -> LogicalName.of(store.name()) + "Bucket")
                .filter(target::has)
                .map(target::id)
                .toList();
        return Stream.concat(buckets.stream(), Stream.of("us-east-1")).toList();
    }
}
