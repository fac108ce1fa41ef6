package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.plan.Collector;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** Lists what watches over a target, whatever it is made of, and over the account where that was asked for. */
final class WatchingResources {
    private final App app;
    private final Spec spec;
    private final List<PlannedResource> resources;

    private WatchingResources(App app, Spec spec, List<PlannedResource> resources) {
        this.app = app;
        this.spec = spec;
        this.resources = new ArrayList<>(resources);
    }

    static List<PlannedResource> addedTo(
            List<PlannedResource> resources,
            App app,
            Spec spec,
            List<PlannedService> services,
            List<PlannedVariable> environment) {
        WatchingResources watching = new WatchingResources(app, spec, resources);
        watching.watching();
        watching.telemetry(services, environment);
        watching.protection();
        return watching.resources;
    }

    private void watching() {
        add("AWS::CloudWatch::Dashboard", app.name(), "metrics of services, stores and load balancer");
        add(
                "AWS::CloudWatch::Alarm",
                app.name(),
                "healthy hosts, CPU, memory, latency, 5xx, errors, failed logins, and more by size");
        add("AWS::SNS::Topic", app.name() + "-alerts", "who hears of alarms");
        add("AWS::KMS::Key", app.name() + "-alerts", "what encrypts them");
        spec.target().monthlyLimitUsd().ifPresent(this::limit);
    }

    private void limit(int usd) {
        add("AWS::Budgets::Budget", app.name(), "target.monthly_limit: $" + usd);
        add("AWS::CE::AnomalyMonitor", app.name(), "target.monthly_limit");
        add("AWS::CE::AnomalySubscription", app.name(), "target.monthly_limit");
    }

    /** The collector runs beside the services on Fargate; a cluster has an add-on in its place. */
    private void telemetry(List<PlannedService> services, List<PlannedVariable> environment) {
        boolean traced = environment.stream()
                .flatMap(variable -> variable.to().stream())
                .anyMatch(value ->
                        value.text().contains(Collector.NAME) || value.text().contains(Collector.AGENT));
        if (traced && !plans("AWS::XRay::SamplingRule")) {
            add("AWS::XRay::SamplingRule", app.name(), "variables that say where traces are sent");
        }
        boolean collected = plans("AWS::XRay::SamplingRule") || plans("AWS::APS::Workspace");
        if (collected && !services.isEmpty() && spec.target().compute() == Compute.FARGATE) {
            String from = "what asks the services for metrics, and takes their traces";
            add("AWS::ECS::Service", Collector.NAME, from);
            add("AWS::ECS::TaskDefinition", Collector.NAME, from);
            add(
                    "AWS::ServiceDiscovery::Service",
                    CloudMap.hostName(app.name(), Collector.NAME),
                    "name of the collector");
            add("AWS::SSM::Parameter", Collector.NAME, "configuration of the collector");
        }
    }

    private boolean plans(String type) {
        return resources.stream().anyMatch(resource -> resource.type().equals(type));
    }

    /** Those that the account has already are left out when the target is made. */
    private void protection() {
        spec.target().protection().stream().distinct().forEach(protection -> {
            switch (protection) {
                case GUARDDUTY -> protect("AWS::GuardDuty::Detector", "attacks");
                case CLOUDTRAIL -> {
                    protect("AWS::CloudTrail::Trail", "who has done what");
                    add("AWS::S3::Bucket", app.name() + "-trail", "records of CloudTrail");
                }
                case CONFIG -> {
                    protect("AWS::Config::ConfigurationRecorder", "how resources are configured");
                    protect("AWS::Config::DeliveryChannel", "how resources are configured");
                    add("AWS::S3::Bucket", app.name() + "-config", "records of AWS Config");
                }
                case BACKUP -> {
                    protect("AWS::Backup::BackupVault", "backups beside those of the stores");
                    protect("AWS::Backup::BackupPlan", "every night, kept for 35 days");
                }
                case INSPECTOR -> {
                    // A warning says how it is turned on: CloudFormation cannot.
                }
            }
        });
    }

    private void protect(String type, String what) {
        add(type, app.name(), "target.protection: " + what);
    }

    private void add(String type, String name, String from) {
        resources.add(new PlannedResource(type, name, from));
    }
}
