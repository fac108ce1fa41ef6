package dev.slipway.migration.spec;

/** Where the app goes: an AWS region, the target's size and what runs its services. */
public record Target(String region, Size size, Compute compute) {
    public static final Target DEFAULT = new Target("us-east-1", Size.POC, Compute.FARGATE);
}
