package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** Lists what will be made on the target. What this version does not make itself is told by {@link NotYet}. */
final class ResourcePlanner {
    private final App app;
    private final Spec spec;
    private final List<PlannedResource> resources = new ArrayList<>();

    private ResourcePlanner(App app, Spec spec) {
        this.app = app;
        this.spec = spec;
    }

    static List<PlannedResource> plan(
            App app,
            Spec spec,
            Products products,
            List<PlannedStore> stores,
            List<PlannedService> services,
            List<PlannedJob> jobs,
            List<PlannedVariable> environment) {
        ResourcePlanner planner = new ResourcePlanner(app, spec);
        planner.add("AWS::EC2::VPC", app.name(), "the app's networks");
        planner.add("AWS::EC2::SecurityGroup", app.name(), "who reaches whom in the app's networks");
        stores.stream().filter(store -> store.role() != StoreRole.LEAVE).forEach(planner::store);
        if (!services.isEmpty() || !jobs.isEmpty()) {
            planner.cluster();
            services.forEach(planner::service);
            jobs.forEach(planner::job);
            planner.wayIn(services);
            planner.parameters(environment);
            planner.watching();
            planner.delivery();
        }
        planner.resources.addAll(ProductResources.of(app, products));
        return planner.resources;
    }

    private void store(PlannedStore store) {
        switch (store.kind()) {
            case POSTGRES -> database(store);
            case REDIS -> add("AWS::ElastiCache::ReplicationGroup", store.name(), "service " + store.name());
            case OBJECTS -> {
                String from = store.engine() + " " + store.name();
                add("AWS::S3::Bucket", store.name(), from);
                add("AWS::CloudFront::Distribution", store.name(), "whatever of " + from + " is shown to users");
                add("AWS::CloudFront::OriginAccessControl", store.name(), "so that the bucket stays private");
            }
        }
    }

    private void database(PlannedStore store) {
        String from = "service " + store.name();
        if (spec.store(store.name()).target() == DatabaseService.AURORA) {
            add("AWS::RDS::DBCluster", store.name(), from);
            if (spec.target().size() != Size.POC) {
                add("AWS::RDS::DBInstance", store.name() + "-reader", "takes over from the writer");
            }
        }
        add("AWS::RDS::DBInstance", store.name(), from);
        if (spec.store(store.name()).proxy()) {
            add("AWS::RDS::DBProxy", store.name(), "stores." + store.name() + ".proxy");
            add("AWS::RDS::DBProxyTargetGroup", store.name(), "stores." + store.name() + ".proxy");
        }
    }

    private void cluster() {
        for (int zone = 1; zone <= Sizing.natGateways(spec.target().size()); zone++) {
            add("AWS::EC2::NatGateway", app.name() + "-" + zone, "the way out of the private subnets");
        }
        add("AWS::SecretsManager::Secret", ParameterNames.secret(app), "secrets in .env and in environment");
        if (isOnEks()) {
            add("AWS::EKS::Cluster", app.name(), "the cluster");
            add("AWS::EKS::Nodegroup", app.name(), "the cluster's nodes");
            add("AWS::EKS::PodIdentityAssociation", app.name(), "access keys of pods");
        } else {
            add("AWS::ECS::Cluster", app.name(), "the Docker host");
            add("AWS::ServiceDiscovery::PrivateDnsNamespace", CloudMap.namespace(app.name()), "names of containers");
        }
    }

    private boolean isOnEks() {
        return spec.target().compute() == Compute.EKS;
    }

    private void service(PlannedService service) {
        String from = "service " + service.name();
        add("AWS::ECR::Repository", app.name() + "-" + service.name(), "image of " + from);
        if (!isOnEks()) {
            add("AWS::ECS::Service", service.name(), from);
            add("AWS::ECS::TaskDefinition", service.name(), from);
            service.port()
                    .ifPresent(port -> add(
                            "AWS::ServiceDiscovery::Service",
                            CloudMap.hostName(app.name(), service.name()),
                            "name of " + from));
            service.scaling().ifPresent(scaling -> {
                String steps =
                        scaling.least() + " to " + scaling.most() + " tasks at " + scaling.cpuPercent() + "% CPU";
                add("AWS::ApplicationAutoScaling::ScalableTarget", service.name(), steps);
                add("AWS::ApplicationAutoScaling::ScalingPolicy", service.name(), steps);
            });
        }
        if (!service.paths().isEmpty()) {
            add("AWS::ElasticLoadBalancingV2::TargetGroup", service.name(), "ports of " + from);
            service.paths()
                    .forEach(path -> add(
                            "AWS::ElasticLoadBalancingV2::ListenerRule",
                            service.name() + " " + path,
                            "ways to " + from));
        }
    }

    private void job(PlannedJob job) {
        add("AWS::ECR::Repository", app.name() + "-" + job.name(), "image of job " + job.name());
        add("AWS::ECS::TaskDefinition", job.name(), "job " + job.name());
        job.schedule()
                .ifPresent(
                        schedule -> add("AWS::Scheduler::Schedule", job.name(), "job " + job.name() + ": " + schedule));
    }

    private void wayIn(List<PlannedService> services) {
        if (services.stream().anyMatch(service -> !service.paths().isEmpty())) {
            add("AWS::ElasticLoadBalancingV2::LoadBalancer", app.name(), "published ports");
            add("AWS::ElasticLoadBalancingV2::Listener", app.name(), "published ports");
            add("AWS::WAFv2::WebACL", app.name(), "AWS' managed rules before the load balancer");
            spec.traffic()
                    .record()
                    .ifPresent(record ->
                            add("AWS::CertificateManager::Certificate", record, "HTTPS; until then HTTP on port 80"));
        }
        spec.traffic()
                .record()
                .ifPresent(
                        record -> add("AWS::Route53::RecordSet", record, "weighted beside the record of the old side"));
    }

    private void parameters(List<PlannedVariable> environment) {
        environment.stream()
                .flatMap(variable -> variable.parameter().stream())
                .distinct()
                .forEach(name -> add("AWS::SSM::Parameter", name, "configuration; until then it stands in the task"));
    }

    private void watching() {
        add("AWS::Logs::LogGroup", app.name(), "logs of all services, a stream for each task");
        add("AWS::CloudWatch::Dashboard", app.name(), "metrics of services, stores and load balancer");
        add("AWS::CloudWatch::Alarm", app.name(), "healthy hosts, CPU, latency, 5xx");
        add("AWS::SNS::Topic", app.name() + "-alerts", "who hears of alarms");
        Outside.of(app)
                .mail()
                .ifPresent(variable -> add("AWS::SES::EmailIdentity", app.name(), "mail, by variable " + variable));
    }

    private void delivery() {
        if (spec.delivery() == Delivery.CODEPIPELINE) {
            add("AWS::CodePipeline::Pipeline", app.name(), "building and deployment");
            add("AWS::CodeBuild::Project", app.name(), "building of images");
        } else {
            add("AWS::IAM::OIDCProvider", app.name(), "the GitHub Actions workflow");
            add("AWS::IAM::Role", app.name() + "-deploy", "what the GitHub Actions workflow assumes");
        }
    }

    private void add(String type, String name, String from) {
        resources.add(new PlannedResource(type, name, from));
    }
}
