package dev.slipway.compose;

import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Images;
import dev.slipway.migration.spec.Nat;
import dev.slipway.migration.spec.Network;
import dev.slipway.migration.spec.Protection;
import dev.slipway.migration.spec.Servers;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code target} of {@code slipway.yaml}. */
final class TargetReader {
    private static final Map<String, Size> SIZES = Map.of("poc", Size.POC, "small", Size.SMALL, "medium", Size.MEDIUM);
    private static final Map<String, Compute> COMPUTES =
            Map.of("fargate", Compute.FARGATE, "eks", Compute.EKS, "servers", Compute.SERVERS, "none", Compute.NONE);
    private static final Map<String, Nat> NATS = Map.of("one", Nat.ONE, "each", Nat.EACH, "none", Nat.NONE);
    private static final Map<String, Images> IMAGES = Map.of("ecr", Images.ECR, "source", Images.SOURCE);
    private static final Map<String, Protection> PROTECTIONS = Map.of(
            "guardduty", Protection.GUARDDUTY,
            "cloudtrail", Protection.CLOUDTRAIL,
            "config", Protection.CONFIG,
            "inspector", Protection.INSPECTOR,
            "backup", Protection.BACKUP);
    private static final String REGION = "[a-z]{2}(-[a-z]+)+-\\d";
    private static final int MOST_SERVERS = 20;
    private static final int HIGHEST_LIMIT = 999_999;

    private TargetReader() {}

    static Target read(SpecKeys keys) {
        keys.allow("region", "size", "compute", "network", "images", "servers", "protection", "monthly_limit");
        Target or = Target.DEFAULT;
        return new Target(
                region(keys, "region").orElse(or.region()),
                keys.choice("size", SIZES).orElse(or.size()),
                keys.choice("compute", COMPUTES).orElse(or.compute()),
                network(keys.child("network")),
                keys.choice("images", IMAGES).orElse(or.images()),
                servers(keys.child("servers")),
                keys.choices("protection", PROTECTIONS),
                keys.number("monthly_limit", 1, HIGHEST_LIMIT));
    }

    /** A region's name below any key. */
    static Optional<String> region(SpecKeys keys, String key) {
        return keys.matching(key, REGION, "a region such as us-east-1");
    }

    private static Network network(SpecKeys keys) {
        keys.allow("cidr", "nat", "vpc", "public_subnets", "private_subnets", "clients");
        return new Network(
                keys.matching(
                                "cidr",
                                "(10\\.\\d{1,3}|172\\.(1[6-9]|2\\d|3[01])|192\\.168)\\.0\\.0/16",
                                "a private network of 65,536 addresses such as 10.0.0.0/16")
                        .orElse(Network.DEFAULT.cidr()),
                keys.choice("nat", NATS),
                keys.matching("vpc", "vpc-[0-9a-f]+", "a VPC's id such as vpc-0a1b2c3d")
                        .map(vpc -> existing(vpc, keys)),
                keys.textsMatching(
                        "clients",
                        "sg-[0-9a-f]+|\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}",
                        "security groups (sg-…) and address ranges (10.9.0.0/16)"));
    }

    private static Network.Existing existing(String vpc, SpecKeys keys) {
        return new Network.Existing(vpc, subnets(keys, "public_subnets"), subnets(keys, "private_subnets"));
    }

    private static List<String> subnets(SpecKeys keys, String key) {
        String expected = "ids of two or more subnets in different zones, e.g. [subnet-0a1b, subnet-2c3d]";
        List<String> subnets = keys.textsMatching(key, "subnet-[0-9a-f]+", expected);
        if (subnets.size() < 2) {
            throw keys.at(key)
                    .invalid("network.vpc is given and '" + key + "' names fewer than two", "write " + expected);
        }
        return subnets;
    }

    private static Servers servers(SpecKeys keys) {
        keys.allow("existing", "security_group", "image", "launch_template", "instance", "count");
        Optional<String> image = keys.matching("image", "ami-[0-9a-f]+", "an AMI's id such as ami-0a1b2c3d");
        Optional<Servers.LaunchTemplate> launchTemplate = keys.matching(
                        "launch_template",
                        "lt-[0-9a-f]+:[1-9]\\d{0,5}",
                        "a launch template's id and its version such as lt-0a1b2c3d:1")
                .map(TargetReader::launchTemplate);
        return new Servers(
                new ArrayList<>(keys.textsMatching(
                        "existing",
                        "i-[0-9a-f]+|\\d{1,3}(\\.\\d{1,3}){3}",
                        "EC2 instances (i-…) or private addresses (10.0.1.5)")),
                keys.matching("security_group", "sg-[0-9a-f]+", "a security group's id such as sg-0a1b2c3d"),
                image,
                launchTemplate,
                keys.matching("instance", "[a-z0-9-]+\\.[a-z0-9]+", "an instance type such as t3.micro"),
                keys.number("count", 0, MOST_SERVERS).orElse(image.isPresent() || launchTemplate.isPresent() ? 1 : 0));
    }

    private static Servers.LaunchTemplate launchTemplate(String text) {
        int colon = text.indexOf(':');
        return new Servers.LaunchTemplate(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
