package dev.slipway.planning;

import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.spec.Nat;
import dev.slipway.migration.spec.Network;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** Lists what makes a target's network. */
final class NetworkResources {
    /** What services and workers call where nothing leads out; S3 and DynamoDB are reached for nothing. */
    private static final List<String> ENDPOINTS =
            List.of("ecr.api", "ecr.dkr", "logs", "monitoring", "secretsmanager", "ssm", "states", "sts");

    private NetworkResources() {}

    static List<PlannedResource> of(String app, Spec spec) {
        List<PlannedResource> resources = new ArrayList<>();
        Network network = spec.target().network();
        if (network.existing().isEmpty()) {
            resources.add(new PlannedResource("AWS::EC2::VPC", app, "the app's networks"));
            resources.add(new PlannedResource("AWS::EC2::FlowLog", app, "who talked to whom in the network"));
            resources.addAll(waysOut(app, spec.target().nat()));
        }
        resources.add(new PlannedResource("AWS::EC2::SecurityGroup", app, "who reaches whom in the app's networks"));
        return resources;
    }

    private static List<PlannedResource> waysOut(String app, Nat nat) {
        return switch (nat) {
            case ONE -> List.of(natGateway(app + "-1"));
            case EACH -> List.of(natGateway(app + "-1"), natGateway(app + "-2"));
            case NONE ->
                ENDPOINTS.stream()
                        .map(service -> new PlannedResource(
                                "AWS::EC2::VPCEndpoint", service, "the way to it, where nothing leads out"))
                        .toList();
        };
    }

    private static PlannedResource natGateway(String name) {
        return new PlannedResource("AWS::EC2::NatGateway", name, "the way out of the private subnets");
    }
}
