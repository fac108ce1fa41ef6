package dev.slipway.local.account;

import dev.slipway.blueprints.DeliveryFiles;
import dev.slipway.blueprints.EdgeTemplate;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The targets that are linted: those of the guides' apps, and of a small app one for each wish that makes other resources. */
final class LintedTargets {
    /** A database, a cache and files behind one service: all that a wish can be about, and quickly linted. */
    private static final String SHOP = """
            services:
              web:
                image: shop/web:1.0.0
                ports: ["8080:8080"]
                environment:
                  DATABASE_URL: postgres://shop:${DB_PASSWORD}@db:5432/shop
                  REDIS_URL: redis://cache:6379/0
                volumes: ["media:/media"]
              db:
                image: postgres:15
                environment: {POSTGRES_USER: shop, POSTGRES_PASSWORD: "${DB_PASSWORD}", POSTGRES_DB: shop}
              cache:
                image: redis:7.0
            volumes:
              media:
            """;

    /** Several wishes in each, as far as they do not exclude each other: a linter takes a second for thirty resources. */
    private static final Map<String, String> WISHES = Map.of(
            "no-nat", """
                    target:
                      network: {nat: none}
                      protection: [guardduty, cloudtrail, config, backup]
                      monthly_limit: 100
                    stores: {db: {proxy: true, rotation: true, replicas: 1, backup: {days: 14, region: eu-west-1}}}
                    notify: [people@shop.example]
                    """,
            "each-nat", """
                    target: {size: small, network: {nat: each}}
                    stores: {db: {target: aurora, proxy: true, replicas: 1}, media: {cdn: media.shop.example}}
                    traffic: {zone: shop.example, record: www.shop.example}
                    """,
            "existing-vpc", """
                    target:
                      network:
                        vpc: vpc-0a1b2c3d
                        public_subnets: [subnet-0a1b2c3d, subnet-0b1b2c3d]
                        private_subnets: [subnet-1a1b2c3d, subnet-1b1b2c3d]
                        clients: [sg-0a1b2c3d, 10.9.0.0/16]
                    strategy: compute-first
                    stores:
                      cache: {role: record, url: "redis://10.0.0.5:6379/0", shards: 2, replicas: 1}
                      db: {url: "postgres://shop:${DB_PASSWORD}@10.0.0.5:5432/shop", rotation: true}
                      media: {role: leave}
                    traffic:
                      record: www.shop.example
                      certificate: arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000
                    """);

    /** Beside the guides' apps as they stand, of which those of a proof of concept have one NAT gateway. */
    private static final Map<String, List<String>> STAGES =
            Map.of("migrateai", List.of("production"), "prostudio", List.of("redis", "load-balancer", "second-server"));

    private static final String PIPELINE = """
            schema: {command: alembic upgrade head}
            repository:
              connection: arn:aws:codeconnections:us-west-2:123456789012:connection/0a1b2c3d
              name: bahnvision/bahnvision
            """;

    private final GuideTargets guides;

    LintedTargets(Path folder) {
        this.guides = new GuideTargets(folder);
    }

    /** Writes each into a file of its name; what two wishes come to in the same way is written once. */
    void write(Path folder) throws IOException {
        Set<String> texts = new HashSet<>();
        for (Map.Entry<String, String> template : templates().entrySet()) {
            if (texts.add(template.getValue())) {
                Files.writeString(folder.resolve(template.getKey() + ".json"), template.getValue());
            }
        }
    }

    /** What the workflows of GitHub assume, as it is written beside them. */
    List<Path> writeRoles(Path folder) throws IOException {
        List<Path> roles = new ArrayList<>();
        for (String app : List.of("smartboard", "bahnvision")) {
            Plan plan = guides.plan(
                    app, wishes -> wishes.replaceFirst("(?m)^delivery: .*$", "") + "\ndelivery: github-actions\n");
            String role = DeliveryFiles.files(new TargetSpec(plan, true)).getOrDefault("github-role.yaml", "");
            roles.add(Files.writeString(folder.resolve(app + "-role.yaml"), role));
        }
        return roles;
    }

    private Map<String, String> templates() {
        Map<String, String> templates = new LinkedHashMap<>();
        for (String app : GuideTargets.APPS) {
            templates.put(app, guides.template(app, UnaryOperator.identity()));
            STAGES.getOrDefault(app, List.of()).stream()
                    .map(stage -> stage(app, stage))
                    .filter(plan -> !plan.isBlocked())
                    .forEach(plan -> templates.put(plan.app(), template(plan)));
        }
        // Beyond a proof of concept the guides differ in their number of services only.
        templates.put("smartboard-small", guides.template("smartboard", GuideTargets.size("small")));
        templates.put("crp-preschool-medium", guides.template("crp-preschool", GuideTargets.size("medium")));
        templates.put("bahnvision-delivered", guides.template("bahnvision", wishes -> wishes + PIPELINE));
        TargetSpec elsewhere = guides.elsewhere("Z0123456789ABCDEFGHIJ");
        templates.put("crp-preschool-elsewhere", TargetTemplate.of(elsewhere));
        templates.put("crp-preschool-edge", EdgeTemplate.of(elsewhere).orElseThrow());
        WISHES.forEach((name, wishes) -> templates.put("shop-" + name, shop(wishes)));
        return templates;
    }

    /** Blocked, as those of servers are until they can be made, it has no template. */
    private static Plan stage(String app, String stage) {
        ComposeRequest request =
                ComposeRequest.of(Linters.ROOT.resolve("events/apps").resolve(app));
        return plan(AppFiles.read(request, Optional.of(stage)));
    }

    private static String shop(String wishes) {
        return template(plan(AppFiles.readUploaded("shop", SHOP, wishes)));
    }

    private static Plan plan(AppBundle bundle) {
        return new Planner().plan(bundle.app(), bundle.spec());
    }

    private static String template(Plan plan) {
        return TargetTemplate.of(new TargetSpec(plan, true));
    }
}
