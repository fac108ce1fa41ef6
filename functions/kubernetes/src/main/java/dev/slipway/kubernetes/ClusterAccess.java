package dev.slipway.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.function.Supplier;

/**
 * Where a cluster's API is, and by what it is believed.
 *
 * @param endpoint its URL
 * @param certificate of its authority, in Base64, as EKS tells it
 */
public record ClusterAccess(String endpoint, String certificate) {

    /**
     * A client, which is to be closed.
     *
     * @param token asked for anew where the API refuses the one before
     */
    public KubernetesClient client(Supplier<String> token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(endpoint)
                .withCaCertData(certificate)
                .withOauthTokenProvider(token::get)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
