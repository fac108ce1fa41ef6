package dev.slipway.steps;

import dev.slipway.migration.exception.InvalidInput;
import java.util.Map;

/**
 * What the functions' environment says.
 *
 * @param table name of the migrations table
 * @param bucket name of the artifact bucket
 * @param pollSeconds how long a machine waits before it asks again
 * @param cluster the workers' cluster; empty for steps that need none
 * @param stack name of the pipeline's stack; empty for steps that need none
 * @param provisioningRole ARN of the role CloudFormation makes a target with; empty for steps that need none
 * @param encryptedCache whether a target's cache speaks TLS
 * @param rotationMachine ARN of the machine that turns an app's logins; empty for steps that need none
 * @param rotationRole ARN of the role by which the clock starts it; empty for steps that need none
 * @param region where the functions run, as Lambda tells each of them
 */
record Settings(
        String table,
        String bucket,
        int pollSeconds,
        String cluster,
        String stack,
        String provisioningRole,
        boolean encryptedCache,
        String rotationMachine,
        String rotationRole,
        String region) {

    static Settings fromEnvironment() {
        return from(System.getenv());
    }

    static Settings from(Map<String, String> env) {
        return new Settings(
                required(env, "TABLE"),
                required(env, "BUCKET"),
                Integer.parseInt(env.getOrDefault("POLL_SECONDS", "10")),
                env.getOrDefault("CLUSTER", ""),
                env.getOrDefault("STACK", ""),
                env.getOrDefault("PROVISIONING_ROLE", ""),
                Boolean.parseBoolean(env.getOrDefault("ENCRYPTED_CACHE", "true")),
                env.getOrDefault("ROTATION_MACHINE", ""),
                env.getOrDefault("ROTATION_ROLE", ""),
                env.getOrDefault("AWS_REGION", ""));
    }

    private static String required(Map<String, String> env, String name) {
        String value = env.get(name);
        if (value == null || value.isBlank()) {
            throw new InvalidInput("start a step", "its environment has no " + name, "deploy template.yaml again");
        }
        return value;
    }
}
