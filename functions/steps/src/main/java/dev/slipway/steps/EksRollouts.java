package dev.slipway.steps;

import dev.slipway.account.Clients;
import dev.slipway.kubernetes.ClusterAccess;
import dev.slipway.kubernetes.ClusterToken;
import dev.slipway.kubernetes.Rollout;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Goes into a cluster of EKS as the role that the target's stack has made for that, and that has an entry there. */
record EksRollouts(StsClient sts, Clock clock) implements Rollouts {

    static EksRollouts inAccount() {
        return new EksRollouts(Clients.of(StsClient.builder()), Clock.systemUTC());
    }

    @Override
    public Rollout open(TargetOutputs target, String app) {
        String cluster = target.value("ClusterName");
        String role = target.value("DeployRoleArn");
        String region = sts.serviceClientConfiguration().region().id();
        Supplier<String> token = () -> new ClusterToken(cluster, region, clock).of(assume(role, app));
        return new ClusterAccess(target.value("ClusterEndpoint"), target.value("ClusterCertificate"))
                .open(app, new KeptToken(token, clock));
    }

    private AwsCredentialsIdentity assume(String role, String app) {
        try {
            Credentials credentials = sts.assumeRole(
                            request -> request.roleArn(role).roleSessionName("slipway-" + app))
                    .credentials();
            return AwsSessionCredentialsIdentity.create(
                    credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
        } catch (SdkException e) {
            throw new DeployFailed(
                    "assume the role " + role,
                    String.valueOf(e.getMessage()),
                    "let the pipeline's functions assume it, as template.yaml does, and start again",
                    e);
        }
    }
}
