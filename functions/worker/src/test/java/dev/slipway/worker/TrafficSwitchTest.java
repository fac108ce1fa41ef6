package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.account.RecordEntry;
import dev.slipway.account.TrafficRecord.Original;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedTraffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** What it does where the record can not be changed; LiveE2ET changes one. */
class TrafficSwitchTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 1);
    /** Of the strategies here none has services twice. */
    private static final ElasticLoadBalancingV2Client NO_BALANCERS = new ElasticLoadBalancingV2Client() {
        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    };

    private static final Plan PLAN = ExamplePlan.of("shop")
            .traffic(new PlannedTraffic(
                    Optional.of("shop.org"),
                    Optional.of("www.shop.org"),
                    List.of(100),
                    300,
                    0.01,
                    Optional.empty(),
                    Optional.empty(),
                    1))
            .plan();

    private final JsonArtifacts artifacts;
    private final SilentZone zone = new SilentZone();

    TrafficSwitchTest(@TempDir Path folder) {
        artifacts = new JsonArtifacts(new FolderArtifacts(folder));
    }

    @Test
    void givesTheWritesBackThoughTheRecordCanNotBeAskedFor() {
        artifacts.write(ATTEMPT.originalRecord(), new Original(List.of(server())));

        assertThat(TrafficSwitch.toTheSource(zone, ATTEMPT, artifacts, PLAN)).isEmpty();
        assertThat(zone.questions).isEqualTo(1);
    }

    @Test
    void asksForNoRecordWhereNoTrafficHasLeftTheSource() {
        assertThat(TrafficSwitch.toTheSource(zone, ATTEMPT, artifacts, PLAN)).isEmpty();
        assertThat(zone.questions).isZero();
    }

    @Test
    void asksForNoRecordWhereThePlanNamesNone() {
        Plan nameless = ExamplePlan.of("shop").plan();

        assertThat(TrafficSwitch.toTheTarget(zone, NO_BALANCERS, ATTEMPT, artifacts, nameless))
                .isEmpty();
        assertThat(zone.questions).isZero();
    }

    /** Nothing is fenced yet: the cutover is refused, and writes go on. */
    @Test
    void refusesToBeginWhereTheRecordCanNotBeAskedFor() {
        artifacts.write(
                ATTEMPT.target(),
                new TargetOutputs(Map.of("LoadBalancerDnsName", "alb", "LoadBalancerHostedZoneId", "Z1")));

        assertThatThrownBy(() -> TrafficSwitch.toTheTarget(zone, NO_BALANCERS, ATTEMPT, artifacts, PLAN))
                .isInstanceOf(Route53Exception.class);
    }

    private static RecordEntry server() {
        return new RecordEntry(
                "A", Optional.of(300L), List.of("198.51.100.7"), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static final class SilentZone implements Route53Client {
        private int questions;

        @Override
        public ListHostedZonesByNameResponse listHostedZonesByName(ListHostedZonesByNameRequest request) {
            questions++;
            throw Route53Exception.builder().message("the network is down").build();
        }

        @Override
        public String serviceName() {
            return "route53";
        }

        @Override
        public void close() {}
    }
}
