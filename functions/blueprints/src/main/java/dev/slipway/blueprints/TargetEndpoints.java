package dev.slipway.blueprints;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.TargetEndpoint;
import java.util.Map;

/** Reads from a target's outputs where its stores are, and how the app and the workers log in. */
public record TargetEndpoints(TargetOutputs outputs, SecretReader secrets) {

    /** Reads a secret that is a flat JSON document. */
    @FunctionalInterface
    public interface SecretReader {
        Map<String, String> read(String arn);
    }

    /** As the app's services reach the store. */
    public TargetEndpoint forApp(PlannedStore store) {
        return switch (store.kind()) {
            case POSTGRES -> postgres(store);
            case REDIS -> redis(store, "AppSecretArn");
            case OBJECTS -> new TargetEndpoint.Bucket(store.name(), output(store, "Bucket"), output(store, "Region"));
        };
    }

    /** As a worker reaches the store, with all the rights that copying needs. */
    public StoreUrl forWorker(PlannedStore store) {
        return switch (store.kind()) {
            case POSTGRES -> StoreUrl.parse(url(postgres(store)));
            case REDIS -> StoreUrl.parse(url(redis(store, "AdminSecretArn")));
            case OBJECTS -> StoreUrl.parse("s3://" + output(store, "Bucket"));
        };
    }

    /** One output of a store, e.g. {@code Host}. */
    public String output(PlannedStore store, String name) {
        return outputs.value(LogicalName.of(store.name()) + name);
    }

    private static String url(TargetEndpoint endpoint) {
        return endpoint.parts().getOrDefault("url", "");
    }

    private TargetEndpoint.Server postgres(PlannedStore store) {
        return server(store, "postgres", output(store, "Database"), secrets.read(output(store, "SecretArn")));
    }

    private TargetEndpoint.Server redis(PlannedStore store, String secret) {
        return server(store, output(store, "Scheme"), "0", secrets.read(output(store, secret)));
    }

    private TargetEndpoint.Server server(
            PlannedStore store, String scheme, String database, Map<String, String> login) {
        return new TargetEndpoint.Server(
                store.name(),
                scheme,
                output(store, "Host"),
                Integer.parseInt(output(store, "Port")),
                login.getOrDefault("username", ""),
                login.getOrDefault("password", ""),
                database,
                "");
    }
}
