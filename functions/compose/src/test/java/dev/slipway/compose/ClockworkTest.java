package dev.slipway.compose;

import static dev.slipway.compose.Understood.app;
import static dev.slipway.compose.Understood.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import org.junit.jupiter.api.Test;

class ClockworkTest {
    @Test
    void makesAJobOfEachOfOfeliasLabels() {
        App app = app("""
                ofelia: {image: mcuadros/ofelia}
                api:
                  image: shop/api:1
                  environment: {A: b}
                  labels:
                    ofelia.enabled: "true"
                    ofelia.job-exec.report.schedule: "0 30 3 * * *"
                    ofelia.job-exec.report.command: "report --to $$HOME"
                    ofelia.job-run.clean.schedule: "@every 5m"
                    ofelia.job-run.clean.image: shop/clean:1
                """);
        AppService report = app.service("api-report").orElseThrow();
        assertThat(report.kind()).isEqualTo(ServiceKind.JOB);
        assertThat(report.schedule()).contains("cron(30 3 * * ? *)");
        assertThat(report.command()).extracting(SecretTemplate::text).containsExactly("sh", "-c", "report --to $$HOME");
        assertThat(report.image()).contains("shop/api:1");
        assertThat(report.environment()).containsKey("A");
        AppService clean = app.service("api-clean").orElseThrow();
        assertThat(clean.schedule()).contains("rate(5 minutes)");
        assertThat(clean.image()).contains("shop/clean:1");
        assertThat(app.service("ofelia").orElseThrow().kind()).isEqualTo(ServiceKind.OPERATIONS);
        assertThat(app.service("api").orElseThrow().kind()).isEqualTo(ServiceKind.APP);
    }

    @Test
    void runsAServiceOfASwarmByItsSchedule() {
        App app = app("""
                nightly: {image: shop/api, command: report, deploy: {labels: {swarm.cronjob.schedule: "0 3 * * *"}}}
                """);
        AppService nightly = app.service("nightly").orElseThrow();
        assertThat(nightly.kind()).isEqualTo(ServiceKind.JOB);
        assertThat(nightly.schedule()).contains("cron(0 3 * * ? *)");
    }

    @Test
    void saysWhatEventBridgeHasNoWordsFor() {
        App app = app("""
                api: {image: shop/api, labels: {ofelia.job-exec.x.schedule: "0 3 1 * 1", ofelia.job-exec.x.command: x}}
                """);
        assertThat(app.services()).hasSize(1);
        assertThat(findings(app)).singleElement().asString().contains("0 3 1 * 1", "two schedules");
    }
}
