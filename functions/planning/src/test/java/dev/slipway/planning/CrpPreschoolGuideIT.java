package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every row of the crp-preschool guide's "AWS Services Mapping" and of its "Environment Variables for Production". */
class CrpPreschoolGuideIT {
    static final Map<String, String> SECRETS = Map.of(
            "POSTGRES_PASSWORD", "p@ss/w0rd%1",
            "REDIS_PASSWORD", "r3dis-Secret",
            "JWT_SECRET", "jwt-S3cret-of-the-school",
            "ENCRYPTION_KEY", "0123456789abcdef0123456789ABCDEF",
            "GRAFANA_PASSWORD", "gr4fana-pw");

    private static final AppBundle APP = Guides.read("crp-preschool", SECRETS);
    private static final Plan PLAN = new Planner().plan(APP.app(), APP.spec());
    private static final Plan SMALL = new Planner().plan(APP.app(), APP.spec().withSize(Size.SMALL));

    @Test
    void mediaStorageIsS3WithCloudFrontCdn() {
        assertThat(row("folder media").to()).contains("Amazon S3", "CloudFront");
        assertThat(types()).contains("AWS::S3::Bucket", "AWS::CloudFront::Distribution");
    }

    @Test
    void databaseIsRdsPostgresqlMultiAzForHighAvailability() {
        assertThat(row("PostgreSQL (postgres)").to()).isEqualTo("Amazon RDS for PostgreSQL");
        assertThat(row(SMALL, "PostgreSQL (postgres)").note()).contains("Multi-AZ");
    }

    @Test
    void cacheIsElastiCacheRedisWithClusterModeOffAsThePlansPageSays() {
        assertThat(row("Redis (redis)").to()).contains("Amazon ElastiCache for Redis");
        assertThat(row("Redis (redis)").note()).contains("cluster mode off");
    }

    @Test
    void containerIsEcsFargate() {
        assertThat(row("Docker Compose").to()).contains("ECS", "Fargate");
        assertThat(row("service auth-service").to()).contains("AWS Fargate");
        assertThat(row("service communication-service").to()).contains("AWS Fargate");
    }

    @Test
    void secretsAreInAwsSecretsManager() {
        assertThat(row("secrets (.env and variables)").to()).isEqualTo("AWS Secrets Manager");
    }

    @Test
    void emailIsAmazonSes() {
        assertThat(PLAN.mapping())
                .anyMatch(row -> row.from().startsWith("e-mail") && row.to().equals("Amazon SES"));
    }

    @Test
    void smsIsAmazonSns() {
        assertThat(PLAN.mapping())
                .anyMatch(row -> row.from().startsWith("SMS") && row.to().equals("Amazon SNS"));
    }

    @Test
    void monitoringIsCloudWatch() {
        assertThat(row("metrics and alarms").to()).isEqualTo("Amazon CloudWatch");
        assertThat(types()).contains("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard");
    }

    @Test
    void loggingIsCloudWatchLogs() {
        assertThat(row("logs").to()).isEqualTo("Amazon CloudWatch Logs");
    }

    @Test
    void ciCdIsCodePipelineAndCodeBuild() {
        assertThat(row("building and deployment (CI/CD)").to()).contains("CodePipeline", "CodeBuild");
    }

    @Test
    void scalesFromTwoToTenAtSeventyPercentCpu() {
        assertThat(SMALL.services()).allMatch(service -> service.scaling().equals(Optional.of(new Scaling(2, 10, 70))));
        assertThat(PLAN.services()).allMatch(service -> service.scaling().isEmpty());
    }

    @Test
    void nodeEnvIsProduction() {
        assertThat(to("NODE_ENV")).contains("production");
        assertThat(variable("NODE_ENV").orElseThrow().parameter()).contains("/crp-preschool/prod/node-env");
    }

    @Test
    void databaseUrlIsThatOfRds() {
        assertThat(to("DATABASE_URL").orElseThrow())
                .startsWith("postgresql://${target:postgres:login}${target:postgres:host}")
                .contains("/crp_preschool");
        assertThat(variable("DATABASE_URL").orElseThrow().secret()).isPresent();
    }

    @Test
    void redisUrlIsThatOfElastiCache() {
        assertThat(to("REDIS_URL").orElseThrow())
                .startsWith("${target:redis:scheme}://")
                .contains("${target:redis:host}");
    }

    @Test
    void awsS3RegionIsThatOfTheBucket() {
        assertThat(to("AWS_S3_REGION")).contains("${target:media:region}");
    }

    @Test
    void awsS3BucketIsThatOfTheMedia() {
        assertThat(to("AWS_S3_BUCKET")).contains("${target:media:bucket}");
    }

    @Test
    void awsS3AccessKeyIdIsNotSetBecauseTheTasksRoleSigns() {
        assertThat(to("AWS_S3_ACCESS_KEY_ID")).isEmpty();
    }

    @Test
    void awsS3SecretAccessKeyIsNotSetBecauseTheTasksRoleSigns() {
        assertThat(to("AWS_S3_SECRET_ACCESS_KEY")).isEmpty();
    }

    @Test
    void jwtSecretIsInSecretsManager() {
        assertThat(variable("JWT_SECRET").orElseThrow().secret()).isPresent();
    }

    @Test
    void encryptionKeyIsInSecretsManager() {
        assertThat(variable("ENCRYPTION_KEY").orElseThrow().secret()).isPresent();
    }

    @Test
    void awsSesRegionIsKept() {
        assertThat(to("AWS_SES_REGION")).contains("us-east-1");
    }

    @Test
    void awsSesAccessKeyIdIsNotSetBecauseTheTasksRoleSigns() {
        assertThat(variable("AWS_SES_ACCESS_KEY_ID")).isPresent();
        assertThat(to("AWS_SES_ACCESS_KEY_ID")).isEmpty();
        assertThat(PLAN.warnings()).anyMatch(warning -> warning.message().endsWith("may send mail as crpschool.com"));
    }

    @Test
    void awsSesSecretAccessKeyIsNotSetBecauseTheTasksRoleSigns() {
        assertThat(variable("AWS_SES_SECRET_ACCESS_KEY")).isPresent();
        assertThat(to("AWS_SES_SECRET_ACCESS_KEY")).isEmpty();
    }

    @Test
    void stripeSecretKeyIsInSecretsManager() {
        assertThat(variable("STRIPE_SECRET_KEY").orElseThrow().secret()).isPresent();
    }

    @Test
    void razorpayKeySecretIsInSecretsManager() {
        assertThat(variable("RAZORPAY_KEY_SECRET").orElseThrow().secret()).isPresent();
    }

    @Test
    void sentryDsnIsKept() {
        assertThat(variable("SENTRY_DSN").flatMap(PlannedVariable::to)).isPresent();
    }

    private static PlannedMapping row(String from) {
        return row(PLAN, from);
    }

    private static PlannedMapping row(Plan plan, String from) {
        return plan.mapping().stream()
                .filter(row -> row.from().equals(from))
                .findFirst()
                .orElseThrow(() -> new AssertionError(from + " is not in " + plan.mapping()));
    }

    private static List<String> types() {
        return PLAN.resources().stream().map(PlannedResource::type).toList();
    }

    private static Optional<PlannedVariable> variable(String name) {
        return PLAN.environment().stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }

    private static Optional<String> to(String name) {
        return variable(name).flatMap(PlannedVariable::to).map(to -> to.text());
    }
}
