package dev.slipway.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.function.Supplier;

/**
 * Where a cluster's API is, and by what it is believed.
 *
 * @param endpoint its URL
 * @param certificate of its authority, in Base64, as EKS tells it
 */
public record ClusterAccess(String endpoint, String certificate) {
    private static final int CONNECT_MILLISECONDS = 5_000;
    private static final int ANSWER_MILLISECONDS = 10_000;
    /** A function ends after a minute, and its step is taken again. */
    private static final int RETRIES = 2;

    /**
     * The way of an app into the cluster, which is to be closed.
     *
     * @param token a secret; asked for with every question, and once more where the API refuses it
     */
    public Rollout open(String app, Supplier<String> token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(endpoint)
                .withCaCertData(certificate)
                .withOauthTokenProvider(token::get)
                .withConnectionTimeout(CONNECT_MILLISECONDS)
                .withRequestTimeout(ANSWER_MILLISECONDS)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        return new ClusterRollout(
                new KubernetesClientBuilder().withConfig(config).build(), app);
    }
}
