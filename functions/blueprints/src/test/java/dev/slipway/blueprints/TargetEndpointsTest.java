package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.AppLogin;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TargetEndpointsTest {
    private static final Map<String, String> OUTPUTS = Map.of(
            "DbHost", "database.example",
            "DbProxyHost", "proxy.example",
            "DbPort", "5432",
            "DbDatabase", "shop",
            "DbSecretArn", "arn:of:db",
            "DbLogin1SecretArn", "arn:of:first",
            "DbLogin2SecretArn", "arn:of:second");

    private final TargetEndpoints endpoints = new TargetEndpoints(
            new TargetOutputs(OUTPUTS), arn -> Map.of("username", "postgres", "password", arn.replace(":", "")));

    @Test
    void leadTheAppThroughTheProxyAndWorkersPastIt() {
        PlannedStore store = store("proxy: true");
        assertThat(endpoints.forApp(store).parts())
                .containsEntry("host", "proxy.example")
                .containsEntry("url", "postgres://postgres:arnofdb@proxy.example:5432/shop");
        assertThat(endpoints.forWorker(store).host()).isEqualTo("database.example");
    }

    @Test
    void letTheAppInByTheFirstOfTwoLoginsAndWorkersByTheMasters() {
        PlannedStore store = store("rotation: true");
        assertThat(endpoints.forApp(store).parts()).containsEntry("password", "arnoffirst");
        assertThat(endpoints.forWorker(store).password()).contains("arnofdb");
        assertThat(endpoints.logins(store)).extracting(AppLogin::password).containsExactly("arnoffirst", "arnofsecond");
        assertThat(endpoints.logins(store("proxy: true"))).isEmpty();
    }

    @Test
    void leadBothToTheDatabaseWhereThereIsNoProxy() {
        for (String service : new String[] {"rds", "aurora"}) {
            PlannedStore store = store("target: " + service);
            assertThat(endpoints.forApp(store).parts()).containsEntry("host", "database.example");
            assertThat(endpoints.forWorker(store).host()).isEqualTo("database.example");
        }
    }

    /** SmartBoard: "Single cluster, per-service schemas": DATABASE_URL=…/smartboard?schema=auth. */
    @Test
    void keepTheSchemaOfEachService() {
        Plan plan = Targets.plan("""
                services:
                  db: {image: "postgres:15", ports: ["5432:5432"]}
                  auth: {image: "shop/auth:1", environment: {DATABASE_URL: "postgresql://app:pw@db:5432/shop?schema=auth"}}
                  users: {image: "shop/users:1", environment: {DATABASE_URL: "postgresql://app:pw@db:5432/shop?schema=users"}}
                """, "stores: {db: {proxy: true}}");
        Map<String, String> values =
                new HashMap<>(endpoints.forApp(plan.store("db").orElseThrow()).values());
        assertThat(new ServiceEnvironment(plan).secretValues(values).values())
                .containsExactlyInAnyOrder(
                        "postgresql://postgres:arnofdb@proxy.example:5432/shop?schema=auth",
                        "postgresql://postgres:arnofdb@proxy.example:5432/shop?schema=users");
    }

    private static PlannedStore store(String options) {
        return Targets.plan(
                        "services: {db: {image: 'postgres:15'}, web: {image: 'shop/web:1'}}",
                        "stores: {db: {" + options + "}}")
                .store("db")
                .orElseThrow();
    }
}
