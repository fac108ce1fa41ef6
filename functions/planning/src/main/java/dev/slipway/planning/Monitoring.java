package dev.slipway.planning;

import dev.slipway.migration.app.AppService;

/** What a monitoring service becomes. */
final class Monitoring {
    private Monitoring() {}

    static String instead(AppService service) {
        String image = service.image().orElse("");
        if (image.contains("grafana/grafana")) {
            return "is not moved: its dashboards can be imported into Amazon Managed Grafana, or use CloudWatch dashboards";
        }
        if (image.contains("prometheus")) {
            return "is not moved: use Amazon Managed Service for Prometheus, or CloudWatch";
        }
        if (image.contains("jaeger") || image.contains("opentelemetry")) {
            return "is not moved: use AWS X-Ray";
        }
        return "is not moved: use CloudWatch";
    }
}
