package dev.slipway.planning;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;

/** Plans texts, for tests. */
final class Planned {
    static final String TRAFFIC = "traffic: {zone: shop.example, record: www.shop.example}\n";

    private Planned() {}

    static Plan plan(String compose, String spec) {
        AppBundle bundle = AppFiles.readUploaded("shop", compose, spec);
        return new Planner().plan(bundle.app(), bundle.spec());
    }

    /** A plan of one store and one service that has this environment. */
    static Plan withEnvironment(String environment) {
        return plan("""
                services:
                  db:
                    image: postgres:16
                    container_name: shop_db
                    environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: "${DB_PASSWORD}", POSTGRES_DB: shop}
                    ports: ["5432:5432"]
                  cache: {image: "redis:7.0", ports: ["6379:6379"]}
                  api: {image: shop/api:1, ports: ["8080:8080"]}
                  web:
                    image: shop/web:1
                    ports: ["80:3000"]
                    volumes: [uploads:/srv/uploads]
                    environment: {%s}
                volumes: {uploads: }
                """.formatted(environment), TRAFFIC);
    }

    static PlannedVariable variable(Plan plan, String name) {
        return plan.environmentOf("web").stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
