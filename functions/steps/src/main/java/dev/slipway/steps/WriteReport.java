package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Finding;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.ShiftDecision;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.report.ProvisionReport;
import dev.slipway.report.Report;
import dev.slipway.report.ReportHtml;
import dev.slipway.report.ReportJson;
import dev.slipway.report.StoreReport;
import dev.slipway.report.WeightStep;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Writes report.json and report.html, and closes the attempt. */
public final class WriteReport extends Step<WriteReport.Input, WriteReport.Output> {
    private final SfnClient machines;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;
    private final Settings settings;
    private final InstantSource clock;

    public WriteReport() {
        this(Settings.fromEnvironment());
    }

    private WriteReport(Settings settings) {
        this(
                Clients.of(SfnClient.builder()),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                settings,
                InstantSource.system());
    }

    WriteReport(
            SfnClient machines,
            Migrations migrations,
            JsonArtifacts artifacts,
            Settings settings,
            InstantSource clock) {
        super(Input.class);
        this.machines = machines;
        this.migrations = migrations;
        this.artifacts = artifacts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Which attempt ended how.
     *
     * @param execution ARN of the migration's execution
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt,
            @JsonProperty(required = true) Report.Outcome outcome,
            @JsonProperty(required = true) String execution) {}

    /** Where the report lies. */
    public record Output(Report.Outcome outcome, String json, String html) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Report report = assemble(attempt, input);
        artifacts.writeText(attempt.reportJson(), ReportJson.write(report));
        artifacts.writeText(attempt.reportHtml(), ReportHtml.render(report));
        close(attempt, input.outcome());
        StepMetrics.put(input.app(), "MigrationSeconds", report.duration().toMillis() / 1000.0, MetricUnit.SECONDS);
        return new Output(input.outcome(), attempt.reportJson(), attempt.reportHtml());
    }

    private void close(Attempt attempt, Report.Outcome outcome) {
        switch (outcome) {
            case COMPLETE -> migrations.advance(attempt, Set.of(Phase.CUT_OVER), Phase.COMPLETE);
            case ROLLED_BACK -> migrations.advance(attempt, Set.of(Phase.ROLLING_BACK), Phase.ROLLED_BACK);
            case FAILED -> {}
        }
    }

    private boolean runsTwice(Attempt attempt, Plan plan) {
        return !plan.doubled().isEmpty()
                && artifacts
                        .find(attempt.settled(), ProvisionReport.class)
                        .filter(removed -> removed.ending() == ProvisionReport.Ending.DONE)
                        .isEmpty();
    }

    private Report assemble(Attempt attempt, Input input) {
        ExecutionStory story = new ExecutionStory(
                machines.describeExecution(request -> request.executionArn(input.execution())),
                machines.getExecutionHistoryPaginator(request -> request.executionArn(input.execution()))
                        .events());
        Instant now = clock.instant();
        Optional<Plan> plan = artifacts.find(attempt.plan(), Plan.class);
        Optional<TargetOutputs> target = artifacts.find(attempt.target(), TargetOutputs.class);
        List<StoreReport> stores = plan.map(found -> stores(attempt, found)).orElse(List.of());
        return new Report(
                input.app(),
                input.attempt(),
                Optional.of(input.execution()),
                input.outcome(),
                story.failure(),
                story.started(),
                now,
                story.timeline(),
                stores,
                shift(attempt),
                List.of(),
                Leftovers.of(
                        attempt,
                        input.outcome(),
                        input.execution(),
                        target.map(made -> new Leftovers.Target(
                                TargetStack.nameOf(plan.map(Plan::app).orElse(attempt.app())),
                                plan.filter(found -> runsTwice(attempt, found)).isPresent())),
                        stores,
                        settings.bucket()),
                plan.map(Plan::warnings).orElse(List.<Finding>of()),
                plan.map(found -> price(found.cost())),
                provisioned(attempt));
    }

    private Optional<ProvisionReport> provisioned(Attempt attempt) {
        Optional<ProvisionReport> edge = artifacts.find(attempt.edgeProvisioned(), ProvisionReport.class);
        return artifacts
                .find(attempt.provisioned(), ProvisionReport.class)
                .map(target -> edge.map(target::after).orElse(target))
                .or(() -> edge);
    }

    private static Report.Price price(Cost cost) {
        return new Report.Price(cost.monthlyUsd(), cost.pricesAsOf(), cost.region());
    }

    private List<StoreReport> stores(Attempt attempt, Plan plan) {
        List<String> copied =
                PlannedWork.stores(plan).stream().map(PlannedWork.Store::name).toList();
        return plan.stores().stream()
                .filter((PlannedStore store) -> copied.contains(store.name()))
                .map(store -> new StoreStory(artifacts, attempt, store).tell())
                .toList();
    }

    private List<WeightStep> shift(Attempt attempt) {
        return artifacts.all(attempt.folder() + "shift/", ShiftDecision.class).stream()
                .map(WriteReport::step)
                .toList();
    }

    private static WeightStep step(ShiftDecision decision) {
        boolean measured = decision.requests() > 0;
        return new WeightStep(
                decision.at(),
                decision.weight(),
                measured ? Optional.of(decision.requests()) : Optional.empty(),
                measured ? Optional.of(decision.errors()) : Optional.empty(),
                measured ? Optional.of(decision.errorShare()) : Optional.empty(),
                measured ? Optional.of(decision.refusals()) : Optional.empty(),
                decision.decision(),
                decision.reason());
    }
}
