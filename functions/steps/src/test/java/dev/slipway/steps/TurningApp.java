package dev.slipway.steps;

import dev.slipway.account.FlatSecrets;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.ExamplePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An app that has moved: one service, two databases that it comes to by two logins each. */
final class TurningApp {
    static final Attempt ATTEMPT = new Attempt("shop", 1);
    static final String EXECUTION = "arn:execution:1";

    final SecretShelf shelf = new SecretShelf();
    final FlatSecrets secrets = new FlatSecrets(shelf);
    final FakeTurns turns = new FakeTurns();
    final JsonArtifacts artifacts;

    TurningApp(Path folder) {
        artifacts = new JsonArtifacts(new FolderArtifacts(folder));
        artifacts.write(ATTEMPT.plan(), plan().plan());
        artifacts.write(ATTEMPT.target(), new TargetOutputs(outputs()));
        shelf.with("app", """
                {"web.DATABASE_URL":"postgres://slipway_app_1:one@db:5432/shop?edited=by-hand","web.DB_USER":"slipway_app_1",\
                "web.DB_PASSWORD":"one","web.LOG_URL":"postgres://slipway_app_1:uno@log:5432/shop","web.NOTE":"slipway_app_1 one"}""");
        login("db", 1, "one");
        login("db", 2, "two");
        login("log", 1, "uno");
        login("log", 2, "due");
    }

    static ExamplePlan plan() {
        return ExamplePlan.of("shop")
                .services(List.of(
                        ExamplePlan.service("web", "shop/web:1", Optional.of(8080), List.of(), 2, Optional.empty())))
                .stores(List.of(ExamplePlan.rotated("db", 30), ExamplePlan.rotated("log", 7)))
                .environment(List.of(
                        Plans.variable("web", "DATABASE_URL", "${target:db:url}?edited=by-hand"),
                        Plans.variable("web", "DB_USER", "${target:db:user}"),
                        Plans.variable("web", "DB_PASSWORD", "${target:db:password}"),
                        Plans.variable("web", "LOG_URL", "${target:log:url}"),
                        Plans.secret("web", "NOTE", "web.NOTE")));
    }

    private static Map<String, String> outputs() {
        Map<String, String> outputs = new TreeMap<>(Map.of(
                "AppSecretArn",
                "app",
                "ClusterName",
                "shop",
                "WebService",
                "web-service",
                "ServicesSubnets",
                "subnet-1,subnet-2",
                "WorkersSecurityGroup",
                "sg-1"));
        for (String store : List.of("Db", "Log")) {
            outputs.put(store + "Login1SecretArn", store.toLowerCase(java.util.Locale.ROOT) + "-1");
            outputs.put(store + "Login2SecretArn", store.toLowerCase(java.util.Locale.ROOT) + "-2");
        }
        return outputs;
    }

    TurningApp login(String store, int number, String password) {
        shelf.with(
                store + "-" + number,
                "{\"username\":\"slipway_app_" + number + "\",\"password\":\"" + password + "\"}");
        return this;
    }

    TurningApp at(Turn.Stage stage) {
        turns.stands(new Turn(1, 1, 2, stage, EXECUTION));
        return this;
    }
}
