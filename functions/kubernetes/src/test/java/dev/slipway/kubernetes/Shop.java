package dev.slipway.kubernetes;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A small app with what BahnVision does not have: jobs, a clock, and a claim of its own. */
final class Shop {
    private static final String MANIFESTS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: web
                      image: shop/web:1
                      ports: [{containerPort: 8080}]
                      readinessProbe: {httpGet: {path: /, port: 8080}}
                      env: [{name: DATABASE_URL, value: "postgres://shop:pw@db/shop"}]
                      volumeMounts: [{name: scratch, mountPath: /scratch}]
                  volumes: [{name: scratch, persistentVolumeClaim: {claimName: scratch}}]
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: scratch}
            spec: {accessModes: [ReadWriteOnce], storageClassName: standard, volumeName: pv-7, resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: seed}
            spec: {template: {spec: {restartPolicy: Never, containers: [{name: seed, image: "shop/web:1", command: [bin/seed]}]}}}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: clean}
            spec:
              schedule: "0 3 * * *"
              jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: clean, image: "shop/web:1"}]}}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: db}
            spec:
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                    - {name: db, image: "postgres:16", env: [{name: POSTGRES_USER, value: shop}, {name: POSTGRES_PASSWORD, value: pw}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db}
            spec: {selector: {app: db}, ports: [{port: 5432}]}
            """;

    private static final String SPEC = """
            app: shop
            target: {compute: eks}
            schema: {command: bin/migrate up}
            stores: {db: {url: "postgres://shop:${PW}@192.0.2.1/shop"}}
            """;

    private final Plan plan;
    private final String uploaded;

    Shop(Path folder) {
        try {
            Files.writeString(folder.resolve("shop.yaml"), MANIFESTS);
            Files.writeString(folder.resolve("slipway.yaml"), SPEC);
            Files.writeString(folder.resolve(".env"), "PW=pw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AppBundle bundle = AppFiles.readDirectory(folder, Map.of());
        plan = new Planner().plan(bundle.app(), bundle.spec());
        uploaded = AppFiles.manifests(folder, bundle).orElseThrow();
    }

    ChangedManifests changed() {
        return new ManifestChange(plan).of(uploaded);
    }

    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        values.put("output:DbHost", "db.example");
        values.put("output:WebRepositoryUri", "registry.example/shop/web");
        values.put("output:SeedRepositoryUri", "registry.example/shop/seed");
        values.put("output:CleanRepositoryUri", "registry.example/shop/clean");
        plan.environment()
                .forEach(variable ->
                        variable.delivered().ifPresent(key -> values.put("secret:" + key, "value of " + key)));
        return values;
    }
}
