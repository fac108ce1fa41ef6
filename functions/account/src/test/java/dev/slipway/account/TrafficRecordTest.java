package dev.slipway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.PlannedTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The way to the new side and back, by the record that users call. */
class TrafficRecordTest {
    private static final ResourceRecordSet SERVER = ResourceRecordSet.builder()
            .name("api.prostudio.com.")
            .type("A")
            .ttl(86_400L)
            .resourceRecords(ResourceRecord.builder().value("198.51.100.7").build())
            .build();
    private static final TrafficRecord.NewSide BALANCER =
            new TrafficRecord.NewSide("prostudio-alb.us-east-1.elb.amazonaws.com", "Z35SXDOTRQ7X7K");

    private final FakeZone zone = new FakeZone();
    private final TrafficRecord record = TrafficRecord.of(
            zone,
            ExamplePlan.of("prostudio")
                    .traffic(new PlannedTraffic(
                            Optional.of("prostudio.com"),
                            Optional.of("api.prostudio.com"),
                            List.of(100),
                            300,
                            0.01,
                            Optional.empty(),
                            Optional.empty(),
                            1))
                    .plan());
    private final TrafficRecord.Original original = record.standing();

    @Test
    void givesEachSideItsShareInOneChange() {
        record.shift(original, BALANCER, 10);
        record.shift(original, BALANCER, 20);
        assertThat(zone.sets)
                .extracting(ResourceRecordSet::setIdentifier, ResourceRecordSet::weight)
                .containsExactly(tuple("slipway-old", 80L), tuple("slipway-new", 20L));
        assertThat(zone.changes).isEqualTo(2);
    }

    @Test
    void answersForAMinuteAtMostWhileItIsShifted() {
        record.shift(original, BALANCER, 10);
        assertThat(zone.sets.getFirst().ttl()).isEqualTo(60);
        assertThat(zone.sets.getFirst().resourceRecords()).isEqualTo(SERVER.resourceRecords());
        assertThat(zone.sets.getLast().aliasTarget().dnsName())
                .as("an alias, which lives for a minute")
                .isEqualTo(BALANCER.dnsName());
    }

    @Test
    void putsTheRecordBackAsItWas() {
        record.shift(original, BALANCER, 100);
        record.restore(original);
        assertThat(zone.sets).containsExactly(SERVER);
        record.restore(original);
        assertThat(zone.changes).as("nothing is left to be done").isEqualTo(2);
    }

    /** The next stage of an app leads on from where the one before it led to. */
    @Test
    void goesOnFromThePairOfAnEarlierMigrationAndBackToIt() {
        record.shift(original, BALANCER, 100);
        List<ResourceRecordSet> earlier = List.copyOf(zone.sets);
        TrafficRecord.Original pair = record.standing();
        TrafficRecord.NewSide next = new TrafficRecord.NewSide("next.us-east-1.elb.amazonaws.com", "Z35SXDOTRQ7X7K");
        record.shift(pair, next, 10);
        assertThat(zone.sets)
                .extracting(set -> set.aliasTarget().dnsName(), ResourceRecordSet::weight)
                .containsExactly(tuple(BALANCER.dnsName(), 90L), tuple(next.dnsName(), 10L));
        record.restore(pair);
        assertThat(zone.sets).isEqualTo(earlier);
    }

    @Test
    void refusesWhatSeveralRecordsAnswerFor() {
        record.shift(original, BALANCER, 40);
        assertThatThrownBy(record::standing)
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("several of its records answer");
        zone.sets.clear();
        assertThatThrownBy(record::standing).hasMessageContaining("no A or CNAME record");
    }

    /** One zone, as Route 53 changes it: what is deleted must be said exactly as it stands. */
    private static final class FakeZone implements Route53Client {
        private final List<ResourceRecordSet> sets = new ArrayList<>(List.of(SERVER));
        private int changes;

        @Override
        public ListHostedZonesByNameResponse listHostedZonesByName(ListHostedZonesByNameRequest request) {
            return ListHostedZonesByNameResponse.builder()
                    .hostedZones(HostedZone.builder()
                            .name("prostudio.com.")
                            .id("/hostedzone/Z123456")
                            .build())
                    .build();
        }

        @Override
        public ListResourceRecordSetsResponse listResourceRecordSets(ListResourceRecordSetsRequest request) {
            return ListResourceRecordSetsResponse.builder()
                    .resourceRecordSets(sets)
                    .build();
        }

        @Override
        public ChangeResourceRecordSetsResponse changeResourceRecordSets(ChangeResourceRecordSetsRequest request) {
            assertThat(request.hostedZoneId()).isEqualTo("Z123456");
            changes++;
            for (Change change : request.changeBatch().changes()) {
                ResourceRecordSet set = change.resourceRecordSet();
                if (change.action() == ChangeAction.DELETE) {
                    assertThat(sets.remove(set)).as("%s stands so", set).isTrue();
                } else {
                    sets.removeIf(there -> Optional.ofNullable(there.setIdentifier())
                            .equals(Optional.ofNullable(set.setIdentifier())));
                    sets.add(set);
                }
            }
            return ChangeResourceRecordSetsResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "route53";
        }

        @Override
        public void close() {}
    }
}
