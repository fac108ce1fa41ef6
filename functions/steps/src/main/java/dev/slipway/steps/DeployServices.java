package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.ForwardRules;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.ForerunnerGroups;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Runs what the app runs once, then starts the new side's services, and is done when every one is steady, is healthy to the load
 * balancer and answers a request. Where servers go on, nothing is started, and they are waited for in the same way.
 */
public final class DeployServices extends Step<DeployServices.Input, DeployServices.Output> {
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client balancers;
    private final ServerHealth servers;
    private final TaskLog log;
    private final BuiltImages images;
    private final OneOffTasks once;
    private final SmokeTest smoke;
    private final ServiceScaling scaling;
    private final ClusterServices cluster;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;

    public DeployServices() {
        this(Settings.fromEnvironment());
    }

    private DeployServices(Settings settings) {
        this(settings, new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    private DeployServices(Settings settings, JsonArtifacts artifacts) {
        this(
                Clients.of(EcsClient.builder()),
                Clients.of(ElasticLoadBalancingV2Client.builder()),
                Clients.of(CloudWatchLogsClient.builder()),
                new BuiltImages(Clients.of(EcrClient.builder())),
                new SmokeTest(),
                new ServiceScaling(Clients.of(ApplicationAutoScalingClient.builder())),
                new ClusterServices(
                        EksRollouts.inAccount(),
                        new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                        artifacts,
                        InstantSource.system()),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                artifacts,
                InstantSource.system());
    }

    DeployServices(
            EcsClient ecs,
            ElasticLoadBalancingV2Client balancers,
            CloudWatchLogsClient logs,
            BuiltImages images,
            SmokeTest smoke,
            ServiceScaling scaling,
            ClusterServices cluster,
            Migrations migrations,
            JsonArtifacts artifacts,
            InstantSource clock) {
        super(Input.class);
        this.ecs = ecs;
        this.balancers = balancers;
        this.servers = new ServerHealth(balancers, artifacts, clock);
        this.log = new TaskLog(ecs, logs);
        this.images = images;
        this.once = new OneOffTasks(ecs, log, artifacts);
        this.smoke = smoke;
        this.scaling = scaling;
        this.cluster = cluster;
        this.migrations = migrations;
        this.artifacts = artifacts;
    }

    /** Which attempt's services. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt) {}

    /** Whether each service is healthy, and if not, what is awaited. */
    public record Output(boolean done, String awaited) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        TargetOutputs target = artifacts.read(attempt.target(), TargetOutputs.class);
        ServiceStart start = new ServiceStart(ecs, balancers, log, target);
        List<String> awaited = switch (plan.target().compute()) {
            case EKS -> inCluster(attempt, plan, target, start);
            case SERVERS -> servers.awaited(attempt, plan, target);
            case FARGATE, NONE -> asTasks(attempt, plan, target, start);
        };
        if (!awaited.isEmpty()) {
            return new Output(false, String.join(", ", awaited));
        }
        plan.services().stream()
                .filter(service -> !service.paths().isEmpty())
                .forEach(service -> smoke.test(service, plan.traffic().record(), target.value("LoadBalancerDnsName")));
        migrations.advance(attempt, Set.of(plan.isLive() ? Phase.FOLLOWING : Phase.VERIFIED), Phase.DEPLOYED);
        return new Output(true, "");
    }

    private List<String> inCluster(Attempt attempt, Plan plan, TargetOutputs target, ServiceStart start) {
        images.require(ClusterServices.builtImages(plan, target));
        List<String> awaited = cluster.awaited(attempt, plan, target);
        return awaited.isEmpty()
                ? plan.services().stream()
                        .filter(service -> !start.isHealthyToLoadBalancer(service))
                        .map(PlannedService::name)
                        .toList()
                : awaited;
    }

    private List<String> asTasks(Attempt attempt, Plan plan, TargetOutputs target, ServiceStart start) {
        images.require(images(plan, start));
        for (OneOffTasks.Order order : new OneOffOrders(plan, target, start).inTurn()) {
            if (!once.isDone(attempt, order)) {
                return List.of(order.what());
            }
        }
        List<String> awaited = running(plan)
                .filter(service -> !start.isHealthy(service))
                .map(PlannedService::name)
                .toList();
        if (awaited.isEmpty()) {
            // A rollback of an earlier attempt leaves them as its cutover did.
            ForwardRules.find(balancers, ForerunnerGroups.of(plan, target)).leadToTheSource();
            startCollector(target);
            scaling.follow(plan, target);
        }
        return awaited;
    }

    /** Those with the stores of the source come with the others, which are to be well before they are needed. */
    private static Stream<PlannedService> running(Plan plan) {
        return Stream.concat(plan.services().stream(), plan.doubled().stream().map(PlannedService::forerunner));
    }

    /** Of the stack's own revision, whatever a rollback put back. */
    private void startCollector(TargetOutputs target) {
        Optional.ofNullable(target.values().get("CollectorService"))
                .ifPresent(collector -> ecs.updateService(request -> request.cluster(target.value("ClusterName"))
                        .service(collector)
                        .taskDefinition(target.value("CollectorTaskDefinition"))
                        .desiredCount(1)));
    }

    /** Those of the services that the app's own files build: named in them or not, no registry may have them. */
    private List<String> images(Plan plan, ServiceStart start) {
        return plan.services().stream()
                .filter(service -> service.built() || plan.builds(service.name()))
                .map(service -> start.definition(service))
                .flatMap(definition -> ecs
                        .describeTaskDefinition(request -> request.taskDefinition(definition))
                        .taskDefinition()
                        .containerDefinitions()
                        .stream())
                .map(ContainerDefinition::image)
                .toList();
    }
}
