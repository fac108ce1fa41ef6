package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what takes the place of what all parts of the app share: its network, its secrets, its images, its mail. */
final class SharedMapping {
    private final App app;
    private final Spec spec;
    private final List<PlannedMapping> rows = new ArrayList<>();

    private SharedMapping(App app, Spec spec) {
        this.app = app;
        this.spec = spec;
    }

    static List<PlannedMapping> of(
            App app,
            Spec spec,
            List<PlannedStore> stores,
            List<PlannedService> services,
            List<PlannedVariable> environment) {
        SharedMapping shared = new SharedMapping(app, spec);
        if (!services.isEmpty()) {
            shared.wayIn(services);
        }
        shared.network();
        if (spec.target().isOnServers()) {
            shared.alarms("a dashboard, alarms by Amazon SNS");
            return shared.rows;
        }
        if (!services.isEmpty() || !stores.isEmpty()) {
            shared.secrets();
        }
        if (!services.isEmpty()) {
            shared.configuration(environment);
            shared.outside();
            shared.watching();
            shared.images();
            shared.delivery();
        }
        return shared.rows;
    }

    private void wayIn(List<PlannedService> services) {
        if (services.stream().noneMatch(service -> !service.paths().isEmpty())) {
            return;
        }
        String rules = services.stream()
                .filter(service -> !service.paths().isEmpty())
                .map(service -> String.join(" ", service.paths()) + " to " + service.name())
                .collect(Collectors.joining(", "));
        row("published ports", "Application Load Balancer", "HTTPS by AWS Certificate Manager, AWS WAF; " + rules);
        spec.traffic()
                .record()
                .ifPresent(record -> row(
                        "DNS name " + record,
                        "Amazon Route 53",
                        "weighted records of the old side and of the new one"));
    }

    private void network() {
        String from = switch (app.platform()) {
            case COMPOSE -> "networks (Docker network)";
            case KUBERNETES -> "cluster network";
            case SERVER -> "network of the server";
        };
        row(from, "Amazon VPC and security groups", "stores in private subnets; a group says who reaches whom");
        boolean names = spec.target().compute() == Compute.FARGATE && app.platform() != Platform.SERVER;
        if (names && !app.services().isEmpty()) {
            row(
                    "names of services (DNS)",
                    "AWS Cloud Map",
                    "namespace " + CloudMap.namespace(app.name()) + ", e.g. " + CloudMap.hostName(app.name(), "NAME"));
        }
    }

    private void secrets() {
        row(
                "secrets (.env and variables)",
                "AWS Secrets Manager",
                "in " + ParameterNames.secret(app) + ", a key for each, delivered as variables; those of the stores in "
                        + ParameterNames.secret(app) + "/STORE");
    }

    private void configuration(List<PlannedVariable> environment) {
        environment.stream()
                .flatMap(variable -> variable.parameter().stream())
                .findFirst()
                .ifPresent(first -> row(
                        "configuration (plain variables)",
                        "AWS Systems Manager Parameter Store",
                        "named " + ParameterNames.folder(app) + "…, e.g. " + first));
    }

    private void outside() {
        Outside outside = Outside.of(app);
        outside.mail().ifPresent(variable -> row("e-mail (" + variable + ")", "Amazon SES", outside.mailNote()));
        outside.sms()
                .ifPresent(
                        variable -> row("SMS (" + variable + ")", "Amazon SNS", "text messages, by the task's role"));
        outside.tracing()
                .ifPresent(variable -> row(
                        "traces (" + variable + ")",
                        "AWS X-Ray",
                        "a collector of AWS Distro for OpenTelemetry that the services reach by its name takes them"));
    }

    private void watching() {
        alarms("a dashboard, alarms by Amazon SNS, Container Insights");
        row("logs", "Amazon CloudWatch Logs", "awslogs, kept 30 days");
    }

    private void alarms(String note) {
        row("metrics and alarms", "Amazon CloudWatch", note);
    }

    private void images() {
        row("images and Dockerfiles", "Amazon ECR", "a repository for each service: scanned, the last 10 images kept");
    }

    private void delivery() {
        switch (spec.delivery()) {
            case CODEPIPELINE ->
                row(
                        "building and deployment (CI/CD)",
                        "AWS CodePipeline and AWS CodeBuild",
                        "from the branch that 'repository' names; or a workflow of GitHub Actions: 'delivery: github-actions'");
            case GITHUB_ACTIONS ->
                row(
                        "building and deployment (CI/CD)",
                        "GitHub Actions workflow",
                        "it assumes a role by OpenID Connect, without stored keys: builds, pushes to ECR, deploys");
        }
    }

    private void row(String from, String to, String note) {
        rows.add(new PlannedMapping(from, to, note));
    }
}
