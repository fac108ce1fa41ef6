package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A load balancer before servers that are there, made in the emulated account. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(StartedAccount.Resolver.class)
final class ServersIT {
    private final Stacks stacks;
    private final Questions questions;

    @TempDir
    Path folder;

    ServersIT(StartedAccount account) {
        this.stacks = account.stacks();
        this.questions = account.questions();
    }

    /** ProStudio's phase 2, step 3: its server of today, and one more, behind a load balancer. */
    @Test
    void leadsALoadBalancerToTheServerOfTodayAndToOneMore() throws IOException {
        OldServer old = OldServer.launch(questions);
        int port = freePort();
        String template =
                new GuideTargets(folder).template("prostudio", "second-server", wishes -> old.in(wishes, port));
        assertThat(stacks.change("servers", template, Map.of()))
                .as(() -> stacks.firstFailure("servers"))
                .isEqualTo("CREATE_COMPLETE");
        Map<String, String> made = stacks.resources("servers");
        String further = Objects.requireNonNull(made.get("Further1Server"));
        String group = Objects.requireNonNull(made.get("NginxTargetGroup"));

        JsonNode asked = questions
                .ask("elbv2", "DescribeTargetGroups", Map.of("TargetGroupArns", List.of(group)))
                .at("/TargetGroups/0");
        assertThat(asked.path("TargetType").asText()).isEqualTo("instance");
        assertThat(asked.path("HealthCheckPath").asText()).isEqualTo("/health");
        assertThat(asked.path("Port").asInt()).isEqualTo(port);
        assertThat(asked.path("VpcId").asText()).isEqualTo(old.vpc());
        assertThat(rule(made).at("/Conditions/0/PathPatternConfig/Values/0").asText())
                .isEqualTo("/*");
        assertThat(rule(made).at("/Actions/0/TargetGroupArn").asText()).isEqualTo(group);
        assertThat(server(further).path("ImageId").asText()).isEqualTo(OldServer.IMAGE);
        assertThat(server(further).path("SecurityGroups").findValuesAsText("GroupId"))
                .containsExactlyInAnyOrder(old.group(), made.get("ServersSecurityGroup"));
        assertThat(whoReaches(old.group(), port)).containsExactly(made.get("LoadBalancerSecurityGroup"));
        assertThat(whoReaches(made.get("ServersSecurityGroup"), port))
                .containsExactly(made.get("LoadBalancerSecurityGroup"));

        assertThat(health(group)).containsOnly(Map.entry(old.instance(), "unhealthy"), Map.entry(further, "unhealthy"));
        HttpServer first = answering(old.instance(), port);
        assertThat(health(group)).containsOnly(Map.entry(old.instance(), "healthy"), Map.entry(further, "unhealthy"));
        HttpServer second = answering(further, port);
        assertThat(health(group)).containsOnly(Map.entry(old.instance(), "healthy"), Map.entry(further, "healthy"));
        first.stop(0);
        second.stop(0);

        assertThat(stacks.change("servers", template, Map.of())).isEqualTo(Stacks.UNCHANGED);
        assertThat(stacks.delete("servers")).isEqualTo("DELETE_COMPLETE");
        assertThat(server(old.instance()).at("/State/Name").asText()).isEqualTo("running");
        assertThat(server(further).at("/State/Name").asText()).isNotEqualTo("running");
        assertThat(whoReaches(old.group(), port)).isEmpty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What runs on a server, at its private address, which is one of loopback. */
    private HttpServer answering(String instance, int port) throws IOException {
        String address = server(instance).path("PrivateIpAddress").asText();
        assertThat(address).startsWith("127.");
        HttpServer app = HttpServer.create(new InetSocketAddress(address, port), 0);
        app.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        app.start();
        return app;
    }

    private JsonNode rule(Map<String, String> made) {
        return questions
                .ask("elbv2", "DescribeRules", Map.of("RuleArns", List.of(made.getOrDefault("NginxRule", ""))))
                .at("/Rules/0");
    }

    private JsonNode server(String id) {
        return questions
                .ask("ec2", "DescribeInstances", Map.of("InstanceIds", List.of(id)))
                .at("/Reservations/0/Instances/0");
    }

    private List<String> whoReaches(@Nullable String group, int port) {
        return questions
                .ask("ec2", "DescribeSecurityGroups", Map.of("GroupIds", List.of(String.valueOf(group))))
                .at("/SecurityGroups/0/IpPermissions")
                .valueStream()
                .filter(way -> way.path("FromPort").asInt() == port)
                .flatMap(way -> way.path("UserIdGroupPairs").valueStream())
                .map(pair -> pair.path("GroupId").asText())
                .toList();
    }

    private Map<String, String> health(String group) {
        return questions
                .ask("elbv2", "DescribeTargetHealth", Map.of("TargetGroupArn", group))
                .path("TargetHealthDescriptions")
                .valueStream()
                .collect(Collectors.toMap(
                        target -> target.at("/Target/Id").asText(),
                        target -> target.at("/TargetHealth/State").asText()));
    }
}
