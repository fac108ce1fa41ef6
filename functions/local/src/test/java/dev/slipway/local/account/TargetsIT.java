package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.blueprints.EdgeTemplate;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets of the guides' apps, made in the emulated account, asked for by the services' own APIs, changed and removed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TargetsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    @TempDir
    Path folder;

    private Path faults;
    private Account account;
    private Stacks stacks;
    private Questions questions;

    @BeforeAll
    void start() throws IOException {
        Path run = Files.createDirectories(Linters.ROOT.resolve(
                ".slipway/runs/targets-it-" + ProcessHandle.current().pid()));
        faults = run.resolve("faults.json");
        PythonEnvironment python = new PythonEnvironments(
                        Linters.ROOT.resolve(".slipway"),
                        Linters.ROOT.resolve("functions/local/src/main/account"),
                        System.getenv(),
                        System.out::println)
                .ensure(PythonEnvironments.ACCOUNT);
        AccountSettings settings = AccountSettings.inCheckout(Linters.ROOT, run, python);
        account = Account.start(new AccountSettings(
                settings.run(),
                settings.python(),
                settings.plugin(),
                settings.java(),
                settings.runtimeClient(),
                settings.jsonata(),
                settings.functionCache(),
                settings.javaFlags(),
                Optional.empty(),
                Optional.of(faults),
                Optional.empty()));
        stacks = new Stacks(account);
        questions = new Questions(python, account, run);
    }

    @AfterAll
    void stop() {
        questions.close();
        stacks.close();
        account.close();
    }

    @AfterEach
    void mend() throws IOException {
        Files.deleteIfExists(faults);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crp-preschool", "smartboard", "migrateai", "prostudio"})
    void makesChangesAndRemovesTheTargetOfAGuide(String app) throws IOException {
        String template = new GuideTargets(folder).template(app, UnaryOperator.identity());
        assertThat(stacks.change(app, template, Map.of()))
                .as(() -> stacks.firstFailure(app))
                .isEqualTo("CREATE_COMPLETE");
        Map<String, String> made = stacks.resources(app);
        assertToldAsWritten(JSON.readTree(template).path("Resources"), made);
        assertSecretsAreThere(JSON.readTree(template).path("Resources"), made);
        assertThat(stacks.change(app, template, Map.of())).isEqualTo(Stacks.UNCHANGED);

        String service = service(template);
        assertThat(stacks.change(app, withMemory(template, service + "TaskDefinition"), Map.of()))
                .as(() -> stacks.firstFailure(app))
                .isEqualTo("UPDATE_COMPLETE");
        assertThat(stacks.updated(app)).containsExactlyInAnyOrder(service + "TaskDefinition", service + "Service");

        assertThat(stacks.delete(app)).isEqualTo("DELETE_COMPLETE");
        assertOnlyStoresAreLeft(made);
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

    @Test
    void rollsBackWhereANameIsTaken() {
        questions.ask(
                "secretsmanager", "CreateSecret", Map.of("Name", "slipway/targets/migrateai", "SecretString", "{}"));
        assertRolledBack("taken", migrateai(), "AppSecret: ", "already exists");
        questions.ask(
                "secretsmanager",
                "DeleteSecret",
                Map.of("SecretId", "slipway/targets/migrateai", "ForceDeleteWithoutRecovery", true));
    }

    @Test
    void rollsBackWhereAQuotaIsReached() throws IOException {
        Files.writeString(faults, """
                {"rds:CreateDBInstance": {"code": "InstanceQuotaExceeded",
                  "message": "Cannot create more than 40 DB instances"}}""");
        assertRolledBack("quota", migrateai(), "PostgresInstance: ", "Cannot create more than 40 DB instances");
    }

    @Test
    void rollsBackWhereAParameterIsBad() {
        String template = migrateai().replaceFirst("10\\.0\\.0\\.0/2\\d", "10.0.0.0/33");
        assertRolledBack("parameter", template, "", "10.0.0.0/33");
    }

    private String migrateai() {
        return new GuideTargets(folder).template("migrateai", UnaryOperator.identity());
    }

    private void assertRolledBack(String stack, String template, String resource, String reason) {
        int databases = questions
                .ask("rds", "DescribeDBInstances", Map.of())
                .path("DBInstances")
                .size();
        int networks =
                questions.ask("ec2", "DescribeVpcs", Map.of()).path("Vpcs").size();
        assertThat(stacks.change(stack, template, Map.of())).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(stacks.firstFailure(stack)).startsWith(resource).contains(reason);
        assertThat(questions.ask("rds", "DescribeDBInstances", Map.of()).path("DBInstances"))
                .hasSize(databases);
        assertThat(questions.ask("ec2", "DescribeVpcs", Map.of()).path("Vpcs")).hasSize(networks);
        assertThat(activeClusters()).isZero();
        assertThat(stacks.delete(stack)).isEqualTo("DELETE_COMPLETE");
    }

    /** What each service says of a resource is what the template says of it. */
    private void assertToldAsWritten(JsonNode resources, Map<String, String> made) throws IOException {
        List<String[]> readings = readings();
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            for (String[] reading : readings) {
                JsonNode written = resource.getValue().path("Properties").at("/" + reading[4]);
                if (!reading[0].equals(resource.getValue().path("Type").asText()) || written.isMissingNode()) {
                    continue;
                }
                String id = Objects.requireNonNull(made.get(resource.getKey()));
                JsonNode answer =
                        questions.ask(reading[1], reading[2], JSON.readValue(reading[3].replace("${Ref}", id), MAP));
                String expected = written.has("Ref")
                        ? made.getOrDefault(written.path("Ref").asText(), "")
                        : written.asText();
                if (written.isValueNode() || written.has("Ref")) {
                    assertThat(answer.at(reading[5]).asText())
                            .as(() -> resource.getKey() + " " + reading[4] + " in " + answer)
                            .isEqualToIgnoringCase(expected);
                }
            }
        }
    }

    /** Each secret that a task is given by reference is there. */
    private void assertSecretsAreThere(JsonNode resources, Map<String, String> made) {
        made.forEach((name, id) -> {
            if (resources.path(name).path("Type").asText().equals("AWS::ECS::TaskDefinition")) {
                questions
                        .ask("ecs", "DescribeTaskDefinition", Map.of("taskDefinition", id))
                        .at("/taskDefinition/containerDefinitions/0/secrets")
                        .forEach(secret -> assertThat(secretOrParameter(
                                        secret.path("valueFrom").asText()))
                                .as(secret.toString())
                                .isTrue());
            }
        });
    }

    /** A parameter is told by its name; a secret by its ARN, with the key that is meant behind it. */
    private boolean secretOrParameter(String from) {
        if (!from.startsWith("arn:aws:secretsmanager:")) {
            String name = from.startsWith("arn:") ? from.substring(from.indexOf(":parameter") + 10) : from;
            return !questions.ask("ssm", "GetParameter", Map.of("Name", name)).has("error");
        }
        String secret = String.join(":", List.of(from.split(":", -1)).subList(0, 7));
        return !questions
                .ask("secretsmanager", "DescribeSecret", Map.of("SecretId", secret))
                .has("error");
    }

    /** A cluster that is deleted is told of for a while, as inactive. */
    private long activeClusters() {
        JsonNode names = questions.ask("ecs", "ListClusters", Map.of()).path("clusterArns");
        return questions
                .ask("ecs", "DescribeClusters", Map.of("clusters", JSON.convertValue(names, List.class)))
                .path("clusters")
                .valueStream()
                .filter(cluster -> cluster.path("status").asText().equals("ACTIVE"))
                .count();
    }

    private void assertOnlyStoresAreLeft(Map<String, String> made) {
        assertThat(activeClusters()).isZero();
        assertThat(questions.ask("elbv2", "DescribeLoadBalancers", Map.of()).path("LoadBalancers"))
                .isEmpty();
        assertThat(questions.ask("elbv2", "DescribeTargetGroups", Map.of()).path("TargetGroups"))
                .isEmpty();
        assertThat(questions.ask("servicediscovery", "ListNamespaces", Map.of()).path("Namespaces"))
                .isEmpty();
        made.forEach((name, id) -> {
            if (name.equals("PostgresInstance")) {
                assertThat(questions
                                .ask("rds", "DescribeDBInstances", Map.of("DBInstanceIdentifier", id))
                                .has("error"))
                        .isFalse();
            } else if (name.endsWith("Bucket")) {
                assertThat(questions
                                .ask("s3", "GetBucketVersioning", Map.of("Bucket", id))
                                .has("error"))
                        .isFalse();
            }
        });
    }

    private static String service(String template) throws IOException {
        return JSON.readTree(template)
                .path("Resources")
                .propertyStream()
                .filter(resource -> resource.getValue().path("Type").asText().equals("AWS::ECS::Service"))
                .map(resource ->
                        resource.getKey().substring(0, resource.getKey().length() - "Service".length()))
                .findFirst()
                .orElseThrow();
    }

    private static String withMemory(String template, String definition) throws IOException {
        JsonNode changed = JSON.readTree(template);
        ((ObjectNode) changed.path("Resources").path(definition).path("Properties")).put("Memory", "8192");
        return JSON.writeValueAsString(changed);
    }

    private static List<String[]> readings() throws IOException {
        try (InputStream file = Objects.requireNonNull(TargetsIT.class.getResourceAsStream("targets.readings.psv"))) {
            Stream<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .toList();
        }
    }
}
