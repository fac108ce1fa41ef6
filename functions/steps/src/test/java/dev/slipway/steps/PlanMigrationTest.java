package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.AppNotFound;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanMigrationTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 1);
    private static final String COMPOSE = """
            services:
              web: {image: shop/web:1, ports: ["80:3000"]}
              db: {image: "postgres:16", ports: ["5432:5432"], environment: {POSTGRES_PASSWORD: "${PW}"}}
              cache: {image: "redis:7.0", ports: ["6379:6379"]}
              files: {image: "minio/minio:1", ports: ["9000:9000"]}
            """;
    private static final String SPEC =
            "traffic: {zone: shop.example, record: www.shop.example}\nstores: {files: {url: 's3://media'}%s}\n";

    @TempDir
    private Path folder;

    private final FakeMigrations migrations = new FakeMigrations(ATTEMPT, Phase.STARTED);

    @Test
    void keepsTheManifestsThatTheAttemptBeganWith() throws IOException {
        uploadForCluster();
        Files.writeString(folder.resolve("apps/shop/manifests.yaml"), "kind: Deployment");
        take();
        Files.writeString(folder.resolve("apps/shop/manifests.yaml"), "kind: Another");
        assertThat(artifacts().text(ATTEMPT.manifests())).contains("kind: Deployment");
        assertThat(migrations.phase()).isEqualTo(Phase.PLANNED);
    }

    @Test
    void saysWhatToDoWhereAnUploadHasNoManifests() throws IOException {
        uploadForCluster();
        assertThatThrownBy(this::take)
                .isInstanceOf(AppNotFound.class)
                .hasMessageContaining("apps/shop/manifests.yaml")
                .hasMessageContaining("'slipway app put DIR'");
        assertThat(migrations.phase()).isEqualTo(Phase.STARTED);
    }

    @Test
    void refusesARegionThatIsNotThePipelinesOwn() throws IOException {
        upload(SPEC.formatted("") + "target: {region: eu-central-1}");
        assertThatThrownBy(this::take)
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Tried to plan the migration of shop but its target.region is eu-central-1, and this pipeline is"
                                + " in us-east-1: say 'target: {region: us-east-1}' in slipway.yaml, or deploy the pipeline in"
                                + " eu-central-1, and upload the app there");
        assertThat(migrations.phase()).isEqualTo(Phase.STARTED);
    }

    private void uploadForCluster() throws IOException {
        upload(SPEC.formatted("") + "target: {compute: eks}");
        Files.writeString(
                folder.resolve("apps/shop/docker-compose.yml"),
                COMPOSE + "x-slipway: {origin: {platform: KUBERNETES, routes: [], declared: {}, services: {}}}\n");
    }

    @Test
    void makesWhateverThePlanDoesNotSayIsNotYetProvisioned() throws IOException {
        upload(SPEC.formatted(""));
        take();
        Plan plan = artifacts().read(ATTEMPT.plan(), Plan.class);
        JsonNode template =
                StrictJson.mapper().readTree(TargetTemplate.of(new TargetSpec(plan, true).withHostedZone("Z1")));
        TreeSet<String> made = new TreeSet<>(template.findValuesAsText("Type"));
        Set<String> notYet = plan.warnings().stream()
                .filter(warning -> warning.subject().equals("resources"))
                .flatMap(warning -> Stream.of(warning.message().split("[^A-Za-z0-9:]+")))
                .collect(Collectors.toSet());
        assertThat(plan.resources().stream().map(PlannedResource::type).distinct())
                .filteredOn(type -> !type.equals("AWS::Route53::RecordSet"))
                .allMatch(type -> made.contains(type) != notYet.contains(type));
    }

    private PlanMigration.Output take() {
        Settings settings = Settings.from(Map.of("TABLE", "t", "BUCKET", "b", "AWS_REGION", "us-east-1"));
        return new PlanMigration(migrations, artifacts(), settings)
                .take(new PlanMigration.Input("shop", 1, StrictJson.mapper().valueToTree(Map.of("app", "shop"))));
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }

    private void upload(String spec) throws IOException {
        Path app = Files.createDirectories(folder.resolve("apps/shop"));
        Files.writeString(app.resolve("docker-compose.yml"), COMPOSE);
        Files.writeString(app.resolve("slipway.yaml"), spec);
    }
}
