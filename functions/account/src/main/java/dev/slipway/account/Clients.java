package dev.slipway.account;

import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Makes AWS clients with the one HTTP client, which starts fastest; endpoints and credentials come from the SDK's own variables. */
public final class Clients {
    private Clients() {}

    public static <B extends AwsSyncClientBuilder<B, C> & SdkBuilder<B, C>, C> C of(B builder) {
        return builder.httpClientBuilder(new RetriableConnections.Builder()).build();
    }
}
