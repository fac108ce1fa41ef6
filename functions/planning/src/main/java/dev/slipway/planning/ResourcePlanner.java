package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Images;
import dev.slipway.migration.spec.Servers;
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
        planner.resources.addAll(NetworkResources.of(app.name(), spec));
        stores.stream().filter(store -> store.role() != StoreRole.LEAVE).forEach(planner::store);
        if (spec.target().isOnServers()) {
            services.forEach(planner::ways);
            planner.wayIn(services);
            planner.servers();
        } else if (!services.isEmpty() || !jobs.isEmpty()) {
            planner.cluster();
            services.forEach(planner::service);
            jobs.forEach(planner::job);
            planner.wayIn(services);
            planner.parameters(environment);
            planner.logs();
            planner.delivery();
        }
        if (!spec.target().isOnServers()) {
            planner.resources.addAll(ProductResources.of(app, products));
        }
        return WatchingResources.addedTo(planner.resources, app, spec, services, environment);
    }

    private void store(PlannedStore store) {
        switch (store.kind()) {
            case POSTGRES -> database(store);
            case REDIS -> add("AWS::ElastiCache::ReplicationGroup", store.name(), "service " + store.name());
            case OBJECTS -> {
                String from = store.engine() + " " + store.name();
                add("AWS::S3::Bucket", store.name(), from);
                if (store.hasCdn()) {
                    add("AWS::CloudFront::Distribution", store.name(), "whatever of " + from + " is shown to users");
                    add("AWS::CloudFront::OriginAccessControl", store.name(), "so that the bucket stays private");
                }
            }
        }
    }

    private void database(PlannedStore store) {
        String from = "service " + store.name();
        if (store.options().service() == DatabaseService.AURORA) {
            add("AWS::RDS::DBCluster", store.name(), from);
            if (store.standbys() > 0) {
                add("AWS::RDS::DBInstance", store.name() + "-reader", "takes over from the writer");
            }
        }
        add("AWS::RDS::DBInstance", store.name(), from);
        for (int replica = 1; replica <= store.options().replicas(); replica++) {
            add("AWS::RDS::DBInstance", store.name() + "-replica-" + replica, "stores." + store.name() + ".replicas");
        }
        if (store.options().proxy()) {
            add("AWS::RDS::DBProxy", store.name(), "stores." + store.name() + ".proxy");
            add("AWS::RDS::DBProxyTargetGroup", store.name(), "stores." + store.name() + ".proxy");
        }
    }

    private void cluster() {
        add("AWS::SecretsManager::Secret", ParameterNames.secret(app), "secrets in .env and in environment");
        if (isOnEks()) {
            add("AWS::EKS::Cluster", app.name(), "the cluster, whose nodes AWS keeps");
            add("AWS::EKS::AccessEntry", app.name(), "who applies the manifests");
            add("AWS::EKS::Addon", "metrics-server", "what scaling is measured by");
            add("AWS::EKS::Addon", "amazon-cloudwatch-observability", "logs, metrics and traces of pods");
            add("AWS::KMS::Key", app.name() + "-cluster", "Secrets in the cluster");
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
        repository(service.name(), service.built(), from);
        if (isOnEks()) {
            add("AWS::EKS::PodIdentityAssociation", service.name(), "access keys of " + from);
        } else {
            log(service.name(), from);
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
        ways(service);
    }

    private void ways(PlannedService service) {
        String from = "service " + service.name();
        if (!service.paths().isEmpty()) {
            add("AWS::ElasticLoadBalancingV2::TargetGroup", service.name(), "ports of " + from);
            service.paths()
                    .forEach(path -> add(
                            "AWS::ElasticLoadBalancingV2::ListenerRule",
                            service.name() + " " + path,
                            "ways to " + from));
        }
    }

    /** Further ones; those of today are there. */
    private void servers() {
        Servers servers = spec.target().servers();
        servers.securityGroup()
                .ifPresent(group -> add(
                        "AWS::EC2::SecurityGroupIngress", group, "the load balancer's way to the servers of today"));
        for (int number = 1; number <= servers.count(); number++) {
            add("AWS::EC2::Instance", app.name() + "-" + number, "target.servers: beside those of today");
        }
    }

    private void job(PlannedJob job) {
        repository(job.name(), job.built(), "job " + job.name());
        if (isOnEks()) {
            return;
        }
        log(job.name(), "job " + job.name());
        add("AWS::ECS::TaskDefinition", job.name(), "job " + job.name());
        job.schedule()
                .ifPresent(
                        schedule -> add("AWS::Scheduler::Schedule", job.name(), "job " + job.name() + ": " + schedule));
    }

    /** A registry that is not the target's own has no room for what the app's files build. */
    private void repository(String name, boolean built, String from) {
        if (built || spec.target().images() == Images.ECR) {
            add("AWS::ECR::Repository", TargetNames.repository(app.name(), name), "image of " + from);
        }
    }

    private void log(String name, String from) {
        add("AWS::Logs::LogGroup", TargetNames.logGroup(app.name(), name), "log of " + from);
    }

    private void wayIn(List<PlannedService> services) {
        if (services.stream().anyMatch(service -> !service.paths().isEmpty())) {
            add("AWS::ElasticLoadBalancingV2::LoadBalancer", app.name(), "published ports");
            add("AWS::ElasticLoadBalancingV2::Listener", app.name(), "published ports");
            add("AWS::S3::Bucket", app.name() + "-access-logs", "access logs of the load balancer");
            add("AWS::WAFv2::WebACL", app.name(), "AWS' managed rules before the load balancer");
            add("AWS::WAFv2::LoggingConfiguration", app.name(), "what those rules refuse");
            spec.traffic()
                    .record()
                    .filter(any -> spec.traffic().certificate().isEmpty())
                    .ifPresent(record -> add("AWS::CertificateManager::Certificate", record, "HTTPS"));
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
                .forEach(name ->
                        add("AWS::SSM::Parameter", name, "configuration that can be changed without a new version"));
    }

    private void logs() {
        if (isOnEks()) {
            add("AWS::Logs::LogGroup", app.name(), "logs of the control plane; those of pods are the add-on's");
        } else {
            add("AWS::Logs::MetricFilter", "errors", "what the services log of errors");
            add("AWS::Logs::MetricFilter", "failed-logins", "what the services log of logins that fail");
        }
        Outside outside = Outside.of(app);
        outside.mail()
                .filter(any -> !outside.provider())
                .ifPresent(variable -> add(
                        "AWS::SES::EmailIdentity",
                        MailDomain.of(app, spec).name().orElse(app.name()),
                        "mail, by variable " + variable));
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
