package dev.slipway.local.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.router.NameRecords.Weighted;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final String PUBLIC = "www.school.example";
    private static final String DNS = "school-1.us-east-1.elb.amazonaws.com";

    private final FakeBalancers balancers = new FakeBalancers();
    private final Map<String, List<Weighted>> records = new HashMap<>();
    private final Names names = new Names(
            Map.of("source.local", List.of(old("/auth", 3004), old("/communication", 3001))),
            () -> new NameRecords(records),
            balancers,
            new SplittableRandom(1));

    @Test
    void sendsEachSideItsShareOfTheRequests() {
        records.put(PUBLIC, List.of(new Weighted("source.local", 70), new Weighted(DNS, 30)));
        balancers.add(DNS, "app/school/1", "auth", "other");
        balancers.groups.put("auth", List.of(new Balancer.Target("127.0.9.9", 3004, "healthy")));

        long fresh = 0;
        for (int request = 0; request < 10_000; request++) {
            if (!side(names.find(PUBLIC, 80, "/auth/parents/1")).equals("old")) {
                fresh++;
            }
        }

        assertThat(fresh).isBetween(2_800L, 3_200L);
    }

    @Test
    void sendsNothingToAWeightOfZero() {
        records.put(PUBLIC, List.of(new Weighted("source.local", 0), new Weighted(DNS, 100)));
        balancers.add(DNS, "app/school/1", "auth", "other");
        for (int request = 0; request < 1_000; request++) {
            assertThat(side(names.find(PUBLIC, 80, "/auth/x"))).isEqualTo("app/school/1");
        }
    }

    @Test
    void findsTheServiceOfTheOldServerByTheBeginningOfThePath() {
        assertThat(names.find("SOURCE.local.", 80, "/communication/media/a"))
                .isEqualTo(server("127.0.0.1", 3001, "old"));
        assertThat(answer(names.find("source.local", 80, "/grafana")).status()).isEqualTo(404);
    }

    @Test
    void choosesAHealthyTargetByTheRuleThatMatchesFirst() {
        balancers.add(DNS, "app/school/1", "auth", "other");
        balancers.groups.put(
                "auth",
                List.of(
                        new Balancer.Target("127.0.9.1", 3004, "draining"),
                        new Balancer.Target("127.0.9.2", 3004, "unhealthy"),
                        new Balancer.Target("127.0.9.3", 3004, "healthy")));
        balancers.groups.put("other", List.of(new Balancer.Target("127.0.9.4", 3001, "unhealthy")));

        assertThat(names.find(DNS, 80, "/auth/x")).isEqualTo(server("127.0.9.3", 3004, "app/school/1"));
        assertThat(names.find(DNS, 80, "/authors")).isEqualTo(server("127.0.9.4", 3001, "app/school/1"));
    }

    @Test
    void answersForALoadBalancerThatCanAskNoTarget() {
        balancers.add(DNS, "app/school/1", "auth", "other");
        assertThat(answer(names.find(DNS, 80, "/auth/x")).status()).isEqualTo(503);
        assertThat(answer(names.find(DNS, 8080, "/auth/x")).status()).isEqualTo(502);
    }

    @Test
    void saysWhichNameLeadsNowhere() {
        records.put("a.example", List.of(new Weighted("b.example", 1)));
        records.put("b.example", List.of(new Weighted("a.example", 1)));
        records.put(PUBLIC, List.of(new Weighted("gone.example", 1)));
        assertThat(answer(names.find(PUBLIC, 80, "/")).body()).contains("gone.example");
        assertThat(answer(names.find("a.example", 80, "/")).body()).contains("without an end");
    }

    private static OldServer old(String prefix, int port) {
        return new OldServer(prefix, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static Destination server(String address, int port, String side) {
        return new Destination.Server(
                new InetSocketAddress(address, port), side.equals("old") ? new Side.Old() : new Side.Balanced(side));
    }

    private static Destination.Answer answer(Destination destination) {
        assertThat(destination).isInstanceOf(Destination.Answer.class);
        return (Destination.Answer) destination;
    }

    private static String side(Destination destination) {
        return switch (destination) {
            case Destination.Server server -> server.side().label();
            case Destination.Answer answer -> answer.side().map(Side::label).orElse("none");
        };
    }
}
