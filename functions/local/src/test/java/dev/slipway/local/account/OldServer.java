package dev.slipway.local.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A server of today and its network, in an account that Slipway has made nothing in. */
public record OldServer(
        String vpc, List<String> publicSubnets, List<String> privateSubnets, String group, String instance) {
    /** One of those that moto knows. */
    static final String IMAGE = "ami-12c6146b";

    /** On loopback, where a test can answer for it. */
    private static final String RANGE = "127.9.";

    public static OldServer launch(Questions questions) {
        String vpc = questions
                .ask("ec2", "CreateVpc", Map.of("CidrBlock", RANGE + "0.0/16"))
                .at("/Vpc/VpcId")
                .asText();
        List<String> subnets = List.of(
                subnet(questions, vpc, 0, "us-east-1a"),
                subnet(questions, vpc, 1, "us-east-1b"),
                subnet(questions, vpc, 2, "us-east-1a"),
                subnet(questions, vpc, 3, "us-east-1b"));
        String group = questions
                .ask(
                        "ec2",
                        "CreateSecurityGroup",
                        Map.of("GroupName", "server", "Description", "The server of today.", "VpcId", vpc))
                .path("GroupId")
                .asText();
        JsonNode instance = questions.ask(
                "ec2",
                "RunInstances",
                Map.of(
                        "ImageId",
                        IMAGE,
                        "InstanceType",
                        "t2.micro",
                        "MinCount",
                        1,
                        "MaxCount",
                        1,
                        "SubnetId",
                        subnets.get(2),
                        "SecurityGroupIds",
                        List.of(group)));
        return new OldServer(
                vpc,
                subnets.subList(0, 2),
                subnets.subList(2, 4),
                group,
                instance.at("/Instances/0/InstanceId").asText());
    }

    private static String subnet(Questions questions, String vpc, int number, String zone) {
        return questions
                .ask(
                        "ec2",
                        "CreateSubnet",
                        Map.of("VpcId", vpc, "CidrBlock", RANGE + number + ".0/24", "AvailabilityZone", zone))
                .at("/Subnet/SubnetId")
                .asText();
    }

    /** Its private one, which is on loopback. */
    public String address(Questions questions) {
        return questions
                .ask("ec2", "DescribeInstances", Map.of("InstanceIds", List.of(instance)))
                .at("/Reservations/0/Instances/0/PrivateIpAddress")
                .asText();
    }

    /** The stages of ProStudio, which name a server, around this one. */
    public String in(String wishes, int port) {
        return wishes.replace("ports: [80]", "ports: [" + port + "]")
                .replace("i-1234567890abcdef0", instance)
                .replace("ami-0a1b2c3d", IMAGE)
                .replace("sg-0a1b2c3d", group)
                .replace("vpc-0a1b2c3d", vpc)
                .replace(
                        "[subnet-0a1b2c3d, subnet-0b1b2c3d]",
                        String.join(", ", publicSubnets).transform("[%s]"::formatted))
                .replace(
                        "[subnet-1a1b2c3d, subnet-1b1b2c3d]",
                        String.join(", ", privateSubnets).transform("[%s]"::formatted));
    }
}
