package dev.slipway.blueprints;

import dev.slipway.migration.AppLogin;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.TargetEndpoint;
import java.util.List;
import java.util.Map;

/** Reads from a target's outputs where its stores are, and how the app and the workers log in. */
public record TargetEndpoints(TargetOutputs outputs, SecretReader secrets) {

    private static final String MASTER = "SecretArn";

    /** Reads a secret that is a flat JSON document. */
    @FunctionalInterface
    public interface SecretReader {
        Map<String, String> read(String arn);
    }

    /** As the app's services reach the store: through its proxy, where it has one. */
    public TargetEndpoint forApp(PlannedStore store) {
        return switch (store.kind()) {
            case POSTGRES ->
                postgres(
                        store,
                        store.options().proxy() ? "ProxyHost" : "Host",
                        store.options().rotates() ? TargetPostgres.LOGINS.getFirst() : MASTER);
            case REDIS -> redis(store, "AppSecretArn");
            case OBJECTS -> new TargetEndpoint.Bucket(store.name(), output(store, "Bucket"), output(store, "Region"));
        };
    }

    /** As a worker reaches the store, with all the rights that copying needs: past the proxy, whose sessions are shared. */
    public StoreUrl forWorker(PlannedStore store) {
        return switch (store.kind()) {
            case POSTGRES -> StoreUrl.parse(url(postgres(store, "Host", MASTER)));
            case REDIS -> StoreUrl.parse(url(redis(store, "AdminSecretArn")));
            case OBJECTS -> StoreUrl.parse("s3://" + output(store, "Bucket"));
        };
    }

    /** Those by which the app reaches a database in turn; none where it has the master's. */
    public List<AppLogin> logins(PlannedStore store) {
        return store.kind() == StoreKind.POSTGRES && store.options().rotates()
                ? TargetPostgres.LOGINS.stream()
                        .map(secret -> secrets.read(output(store, secret)))
                        .map(login ->
                                new AppLogin(login.getOrDefault("username", ""), login.getOrDefault("password", "")))
                        .toList()
                : List.of();
    }

    /** ARN of the secret of one of them, counted from 1. */
    public String loginSecret(PlannedStore store, int login) {
        return output(store, TargetPostgres.LOGINS.get(login - 1));
    }

    /** ARNs of the roles that write to a bucket. */
    public List<String> writers(PlannedStore store) {
        String writers = outputs.values().getOrDefault(LogicalName.of(store.name()) + "Writers", "");
        return writers.isEmpty() ? List.of() : List.of(writers.split(",", -1));
    }

    /** One output of a store, e.g. {@code Host}. */
    public String output(PlannedStore store, String name) {
        return outputs.value(LogicalName.of(store.name()) + name);
    }

    private static String url(TargetEndpoint endpoint) {
        return endpoint.parts().getOrDefault("url", "");
    }

    private TargetEndpoint.Server postgres(PlannedStore store, String host, String secret) {
        Map<String, String> login = secrets.read(output(store, secret));
        return server(store, "postgres", host, output(store, "Database"), login);
    }

    private TargetEndpoint.Server redis(PlannedStore store, String secret) {
        return server(store, output(store, "Scheme"), "Host", "0", secrets.read(output(store, secret)));
    }

    private TargetEndpoint.Server server(
            PlannedStore store, String scheme, String host, String database, Map<String, String> login) {
        return new TargetEndpoint.Server(
                store.name(),
                scheme,
                output(store, host),
                Integer.parseInt(output(store, "Port")),
                login.getOrDefault("username", ""),
                login.getOrDefault("password", ""),
                database,
                "");
    }
}
