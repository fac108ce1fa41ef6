package dev.slipway.migration.plan;

/**
 * One thing that will be made on the target.
 *
 * @param type its CloudFormation type
 * @param name what it is called in the plan, unique within its type
 * @param from what it takes the place of: a compose service, a volume, or the reason it is needed
 */
public record PlannedResource(String type, String name, String from) {}
