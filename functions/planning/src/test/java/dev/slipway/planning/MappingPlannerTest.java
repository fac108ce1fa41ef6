package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedMapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingPlannerTest {
    private static final String SHOP = """
            services:
              db: {image: "postgres:16", ports: ["5432:5432"], environment: {POSTGRES_PASSWORD: "${PW}"}}
              cache: {image: "redis:7.0", ports: ["6379:6379"]}
              minio: {image: "minio/minio:1", ports: ["9000:9000"]}
              web:
                image: shop/web:1
                ports: ["80:3000"]
                volumes: [uploads:/srv/uploads]
                environment: {SMTP_HOST: smtp.example.com, TWILIO_SID: x, OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318"}
              api: {image: shop/api:1, expose: [8080]}
              worker: {image: shop/worker:1, command: WORKER}
              jaeger: {image: jaegertracing/all-in-one:1}
              chaos: {image: ghcr.io/shopify/toxiproxy:2}
              mysql: {image: mysql:8}
            volumes: {uploads: }
            """;

    private static final String STORES = "stores: {minio: {url: 's3://media'}, mysql: {role: leave}%s}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Docker Compose|Amazon ECS on AWS Fargate|without servers",
                "PostgreSQL (db)|Amazon RDS for PostgreSQL|Single-AZ",
                "Redis (cache)|Amazon ElastiCache for Redis OSS|cluster mode off",
                "MinIO (minio)|Amazon S3|never public-read",
                "folder uploads|Amazon S3, with Amazon CloudFront before it|files become objects",
                "service web|AWS Fargate, behind the Application Load Balancer|/* lead to port 3000",
                "service api|AWS Fargate, private|api.shop.internal:8080 by AWS Cloud Map",
                "worker worker|AWS Fargate, private|no inbound traffic",
                "Jaeger (jaeger)|AWS X-Ray and Amazon OpenSearch Service|tracing",
                "Toxiproxy (chaos)|AWS Fault Injection Service|chaos",
                "MySQL (mysql)|Amazon RDS for MySQL|is not moved",
                "published ports|Application Load Balancer|/* to web",
                "networks (Docker network)|Amazon VPC and security groups|private subnets",
                "secrets (.env and variables)|AWS Secrets Manager|slipway/targets/shop",
                "e-mail (SMTP_HOST)|Amazon SES|587",
                "SMS (TWILIO_SID)|Amazon SNS|role",
                "traces (OTEL_EXPORTER_OTLP_ENDPOINT)|AWS X-Ray|OpenTelemetry",
                "metrics and alarms|Amazon CloudWatch|alarms",
                "logs|Amazon CloudWatch Logs|awslogs",
                "images and Dockerfiles|Amazon ECR|repository",
                "building and deployment (CI/CD)|AWS CodePipeline and AWS CodeBuild|github-actions"
            })
    void saysWhatTakesThePlaceOfEachPart(String from, String to, String note) {
        PlannedMapping row = row(plan("run", ""), from);
        assertThat(row.to()).isEqualTo(to);
        assertThat(row.note()).contains(note);
    }

    @Test
    void followsTheOrderOfTheAppsFiles() {
        assertThat(plan("run", "").mapping())
                .extracting(PlannedMapping::from)
                .startsWith(
                        "Docker Compose",
                        "PostgreSQL (db)",
                        "Redis (cache)",
                        "MinIO (minio)",
                        "service web",
                        "service api",
                        "worker worker",
                        "Jaeger (jaeger)",
                        "Toxiproxy (chaos)",
                        "MySQL (mysql)",
                        "folder uploads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"celery -A shop worker", "bundle exec sidekiq", "rq worker high", "node bullmq.js"})
    void turnsClusterModeOffForAQueueAndSaysForWhich(String command) {
        assertThat(row(plan(command, ""), "Redis (cache)").note()).contains("because", "(worker)");
        assertThat(row(plan("npm run horizontal", ""), "Redis (cache)").note()).doesNotContain("because");
    }

    @Test
    void takesAuroraAndAProxyWhereTheyAreAskedFor() {
        Plan plan = plan("run", ", db: {target: aurora, proxy: true}");
        assertThat(row(plan, "PostgreSQL (db)").to()).isEqualTo("Amazon Aurora PostgreSQL, behind Amazon RDS Proxy");
        assertThat(plan.store("db").orElseThrow().instance()).isEqualTo("db.t4g.medium");
    }

    @Test
    void hasAStandbyFromSizeSmallOn() {
        Plan plan = Planned.plan(SHOP, STORES.formatted("") + "target: {size: small}\n" + Planned.TRAFFIC);
        assertThat(row(plan, "PostgreSQL (db)").note()).contains("Multi-AZ");
        assertThat(row(plan, "Redis (cache)").note()).contains("2 nodes, Multi-AZ");
    }

    @Test
    void deploysByAWorkflowWhereItIsAskedFor() {
        Plan plan = Planned.plan(SHOP, STORES.formatted("") + "delivery: github-actions\n" + Planned.TRAFFIC);
        assertThat(row(plan, "building and deployment (CI/CD)").to()).isEqualTo("GitHub Actions workflow");
    }

    @Test
    void leavesServicesWhereOnlyStoresAreMoved() {
        Plan plan = Planned.plan(SHOP, STORES.formatted("") + "target: {compute: none}\n");
        assertThat(row(plan, "service web").to()).isEqualTo("stays where it is");
    }

    private static PlannedMapping row(Plan plan, String from) {
        List<PlannedMapping> rows =
                plan.mapping().stream().filter(row -> row.from().equals(from)).toList();
        assertThat(rows).as(from + " among " + plan.mapping()).hasSize(1);
        return rows.getFirst();
    }

    private static Plan plan(String command, String stores) {
        return Planned.plan(SHOP.replace("WORKER", command), STORES.formatted(stores) + Planned.TRAFFIC);
    }
}
