package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kubernetes.Rollout;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsServiceClientConfiguration;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** Against fabric8's own server behind TLS, whose door lets in and turns away as that of EKS does. */
final class EksRolloutsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/slipway-shop-DeployRole";

    /** It tells of each request, which nobody reads in a build. */
    private static final Logger TALK = Logger.getLogger(MockWebServer.class.getName());

    static {
        TALK.setLevel(Level.WARNING);
    }

    private final Door door = new Door();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), door, true);
    private final Roles roles = new Roles();
    private final Watch watch = new Watch();

    @BeforeEach
    void open() {
        server.init();
    }

    @AfterEach
    void close() {
        server.destroy();
    }

    @Test
    void goesInAsTheRoleOfTheStack() throws IOException {
        assertThat(awaited(certificate())).isEmpty();
        assertThat(roles.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.roleArn()).isEqualTo(ROLE);
            assertThat(asked.roleSessionName()).isEqualTo("slipway-shop");
        });
        assertThat(question(door.tokens().getFirst()))
                .startsWith("https://sts.eu-central-1.amazonaws.com/?")
                .contains("X-Amz-Security-Token=session-1", "X-Amz-Date=20261122T160000Z", "x-k8s-aws-id")
                .doesNotContain("very-secret");
    }

    /** A rollout is dozens of questions to the cluster, and STS refuses whoever asks it too often. */
    @Test
    void assumesTheRoleOnceForManyQuestions() throws IOException {
        try (Rollout rollout = rollout(certificate())) {
            rollout.awaited();
            rollout.schedule(true);
            rollout.stop();
        }
        assertThat(door.tokens()).hasSizeGreaterThan(5);
        assertThat(door.tokens()).containsOnly(door.tokens().getFirst());
        assertThat(roles.asked()).hasSize(1);
    }

    @Test
    void asksForANewTokenBeforeTheOldOneEnds() throws IOException {
        try (Rollout rollout = rollout(certificate())) {
            rollout.awaited();
            watch.now = watch.now.plus(Duration.ofMinutes(9));
            rollout.awaited();
            assertThat(roles.asked()).hasSize(1);
            watch.now = watch.now.plus(Duration.ofMinutes(2));
            rollout.awaited();
        }
        assertThat(roles.asked()).hasSize(2);
        assertThat(question(door.tokens().getLast())).contains("session-2", "X-Amz-Date=20261122T161100Z");
    }

    @Test
    void saysWhatToDoWhereTheClusterLetsTheRoleInNoMore() {
        door.locked = true;
        assertThatThrownBy(() -> awaited(certificate()))
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("look after the app's services but the cluster answered 401")
                .hasMessageContaining("give the role of the stack's output DeployRoleArn its access entry back");
    }

    @Test
    void namesTheRoleThatItMayNotAssume() {
        roles.refuses = true;
        assertThatThrownBy(() -> awaited(certificate()))
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("assume the role " + ROLE + " but ")
                .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
        assertThat(door.tokens()).isEmpty();
    }

    /** The token is a secret: nobody is told it who is not believed. */
    @Test
    void tellsNobodyTheTokenWhoHasAnotherCertificate() throws IOException {
        KubernetesMockServer other = new KubernetesMockServer(true);
        other.init();
        try {
            String strange = certificate(other);
            assertThatThrownBy(() -> awaited(strange))
                    .isInstanceOf(DeployFailed.class)
                    .hasMessageContaining("the cluster does not answer");
            assertThat(door.tokens()).isEmpty();
        } finally {
            other.destroy();
        }
    }

    private List<String> awaited(String certificate) {
        try (Rollout rollout = rollout(certificate)) {
            return rollout.awaited();
        }
    }

    private Rollout rollout(String certificate) {
        return new EksRollouts(roles, watch)
                .open(
                        new TargetOutputs(Map.of(
                                "ClusterName",
                                "slipway-shop-0a1b2c3d",
                                "DeployRoleArn",
                                ROLE,
                                "ClusterEndpoint",
                                "https://localhost:" + server.getPort(),
                                "ClusterCertificate",
                                certificate)),
                        "shop");
    }

    private String certificate() throws IOException {
        return certificate(server);
    }

    private static String certificate(KubernetesMockServer whose) throws IOException {
        byte[] pem = Files.readAllBytes(Path.of(whose.getSelfSignedCertificate().certificatePath()));
        return Base64.getEncoder().encodeToString(pem);
    }

    private static String question(String token) {
        byte[] text = Base64.getUrlDecoder().decode(token.substring("Bearer k8s-aws-v1.".length()));
        return URI.create(new String(text, StandardCharsets.UTF_8)).toString();
    }

    /** Remembers who came in, and with what. */
    private static final class Door extends KubernetesCrudDispatcher {
        private final List<String> tokens = new ArrayList<>();
        private volatile boolean locked;

        @Override
        public synchronized MockResponse dispatch(RecordedRequest request) {
            tokens.add(String.valueOf(request.getHeader("Authorization")));
            return locked ? new MockResponse().setResponseCode(401) : super.dispatch(request);
        }

        synchronized List<String> tokens() {
            return List.copyOf(tokens);
        }
    }

    /** Gives each who asks a session of its own. */
    private static final class Roles implements StsClient {
        private final List<AssumeRoleRequest> asked = new ArrayList<>();
        private boolean refuses;

        List<AssumeRoleRequest> asked() {
            return asked;
        }

        @Override
        public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
            if (refuses) {
                throw StsException.builder()
                        .message("somebody is not authorized to perform: sts:AssumeRole")
                        .statusCode(403)
                        .build();
            }
            asked.add(request);
            return AssumeRoleResponse.builder()
                    .credentials(session -> session.accessKeyId("ASIAEXAMPLE")
                            .secretAccessKey("very-secret")
                            .sessionToken("session-" + asked.size()))
                    .build();
        }

        @Override
        public StsServiceClientConfiguration serviceClientConfiguration() {
            return StsServiceClientConfiguration.builder()
                    .region(Region.EU_CENTRAL_1)
                    .build();
        }

        @Override
        public String serviceName() {
            return "sts";
        }

        @Override
        public void close() {}
    }

    private static final class Watch extends Clock {
        private Instant now = Instant.parse("2026-11-22T16:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
