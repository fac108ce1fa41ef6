package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kubernetes.Rollout;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.migration.plan.ExamplePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

class TakeDownTest {
    private static final TargetStack.Resource DATABASE =
            new TargetStack.Resource("Db", "AWS::RDS::DBInstance", "shop-db-1x2y");
    private static final TargetStack.Resource BUCKET =
            new TargetStack.Resource("Media", "AWS::S3::Bucket", "shop-media");

    private static final String EDGE = "slipway-shop-Edge-eu-central-1";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeStack edge = new FakeStack();
    private final FakeRollout cluster = new FakeRollout();
    private final FakeStack stack = new FakeStack()
            .is(StackStatus.CREATE_COMPLETE)
            .madeFrom("""
                    Resources:
                      Db: {Type: "AWS::RDS::DBInstance", DeletionPolicy: RetainExceptOnCreate}
                      Media: {Type: "AWS::S3::Bucket", DeletionPolicy: RetainExceptOnCreate}
                      Cluster: {Type: "AWS::ECS::Cluster"}
                    """)
            .holds("Db", DATABASE.type(), DATABASE.id())
            .holds("Media", BUCKET.type(), BUCKET.id())
            .holds("Cluster", "AWS::ECS::Cluster", "shop");

    @Test
    void deletesTheStackAndNamesTheStoresThatItLeaves() {
        assertThat(take(TakeDown.Stores.KEEP).done()).isFalse();
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
        assertThat(take(TakeDown.Stores.KEEP).done()).as("it is being deleted").isFalse();
        stack.isGone();
        TakeDown.Output end = take(TakeDown.Stores.KEEP);
        assertThat(end.done()).isTrue();
        assertThat(end.left()).containsExactly(DATABASE, BUCKET);
    }

    @Test
    void letsGoOfTheStoresFirstWhereThatIsSaid() {
        assertThat(take(TakeDown.Stores.DELETE).left())
                .as("a bucket that holds something")
                .containsExactly(BUCKET);
        assertThat(stack.status()).isEqualTo(StackStatus.CREATE_COMPLETE);
        assertThat(artifacts()
                        .text("migrations/shop/0002/take-down-template.json")
                        .orElseThrow())
                .contains("\"Db\":{\"Type\":\"AWS::RDS::DBInstance\",\"DeletionPolicy\":\"Snapshot\"")
                .contains("\"Media\":{\"Type\":\"AWS::S3::Bucket\",\"DeletionPolicy\":\"RetainExceptOnCreate\"");
        take(TakeDown.Stores.DELETE);
        assertThat(stack.isExecuted()).isTrue();
        stack.is(StackStatus.UPDATE_COMPLETE);
        take(TakeDown.Stores.DELETE);
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
    }

    @Test
    void tellsWhatCouldNotBeDeletedAndBeginsAnewTheNextTime() {
        take(TakeDown.Stores.KEEP);
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.DELETE_IN_PROGRESS, "User Initiated")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.DELETE_FAILED, "has dependencies")
                .is(StackStatus.DELETE_FAILED);
        assertThatThrownBy(() -> take(TakeDown.Stores.KEEP))
                .isInstanceOf(ProvisionFailed.class)
                .hasMessageContaining("Vpc (AWS::EC2::VPC) failed: has dependencies");
        take(TakeDown.Stores.KEEP);
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
    }

    @Test
    void removesWhatIsAtTheEdgeOnceNothingShowsItAnyMore() {
        artifacts()
                .write(
                        new Attempt("shop", 2).plan(),
                        ExamplePlan.of("shop").region("eu-central-1").plan());
        edge.is(StackStatus.CREATE_COMPLETE);
        take(TakeDown.Stores.KEEP);
        assertThat(edge.status()).isEqualTo(StackStatus.CREATE_COMPLETE);
        stack.isGone();
        assertThat(take(TakeDown.Stores.KEEP).done()).isFalse();
        assertThat(edge.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
        edge.tells(EDGE, "AWS::CloudFormation::Stack", ResourceStatus.DELETE_IN_PROGRESS, "User Initiated")
                .tells(
                        "MediaCdnCertificate",
                        "AWS::CertificateManager::Certificate",
                        ResourceStatus.DELETE_FAILED,
                        "in use")
                .is(StackStatus.DELETE_FAILED);
        assertThatThrownBy(() -> take(TakeDown.Stores.KEEP))
                .isInstanceOf(ProvisionFailed.class)
                .hasMessageContaining("stack " + EDGE + " in us-east-1")
                .hasMessageContaining("failed: in use");
        assertThat(take(TakeDown.Stores.KEEP).done())
                .as("the next execution tries again")
                .isFalse();
        edge.isGone();
        TakeDown.Output end = take(TakeDown.Stores.KEEP);
        assertThat(end.done()).isTrue();
        assertThat(end.left()).containsExactly(DATABASE, BUCKET);
    }

    @Test
    void emptiesTheClusterBeforeItDeletesTheStackAndNamesTheVolumesThatStay() {
        stack.has(Map.of("ClusterEndpoint", "https://cluster.example"));
        cluster.removes(new Rollout.Removal(List.of("the pod web-1"), Map.of("scratch", "vol-1")));
        assertThat(take(TakeDown.Stores.KEEP).done()).isFalse();
        assertThat(stack.status()).as("a pod still runs").isEqualTo(StackStatus.CREATE_COMPLETE);
        cluster.removes(new Rollout.Removal(List.of(), Map.of("scratch", "vol-1")));
        assertThat(take(TakeDown.Stores.KEEP).left())
                .containsExactly(DATABASE, BUCKET, new TargetStack.Resource("scratch", "AWS::EC2::Volume", "vol-1"));
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
        assertThat(cluster.told()).containsExactly("remove false", "close", "remove false", "close");
    }

    @Test
    void hasNothingToDoWhereThereIsNoTarget() {
        stack.isGone();
        assertThat(take(TakeDown.Stores.DELETE).done()).isTrue();
    }

    private TakeDown.Output take(TakeDown.Stores stores) {
        return new TakeDown(
                        stack,
                        edge,
                        BUCKET.id()::equals,
                        cluster.anywhere(),
                        artifacts(),
                        Settings.from(Map.of("TABLE", "t", "BUCKET", "b")),
                        key -> "https://artifacts/" + key)
                .take(new TakeDown.Input("shop", 2, stores));
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }
}
