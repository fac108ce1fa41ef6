package dev.slipway.compose;

import static dev.slipway.compose.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.app.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesAppIT {
    private static final String SECRET = "s3cret-0f-the-shop";

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web, tier: front}}
                spec:
                  containers:
                    - name: web
                      image: shop/web:1
                      ports: [{name: http, containerPort: 8080}]
            @EXTRA@
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: front, namespace: shop}
            spec:
              selector: {app: web}
              ports: [{name: www, port: 80, targetPort: http}]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readsADeploymentAsAService() throws IOException {
        App app = read(web("resources: {limits: {cpu: 750m, memory: 1Gi}, requests: {cpu: 100m, memory: 64Mi}}"));
        AppService web = service(app, "web");
        assertThat(app.platform()).isEqualTo(Platform.KUBERNETES);
        assertThat(app.name()).isEqualTo("shop");
        assertThat(web.kind()).isEqualTo(ServiceKind.APP);
        assertThat(web.image()).contains("shop/web:1");
        assertThat(web.ports()).containsExactly(new Port(8080, Optional.empty(), "tcp"));
        assertThat(web.cpus()).contains(0.75);
        assertThat(web.memoryMiB()).contains(1024);
        assertThat(web.replicas()).isEqualTo(3);
    }

    @Test
    void takesRequestsWhereThereAreNoLimits() throws IOException {
        AppService web = service(read(web("resources: {requests: {cpu: \"2\", memory: 1.5G}}")), "web");
        assertThat(web.cpus()).contains(2.0);
        assertThat(web.memoryMiB()).contains(1431);
    }

    @Test
    void gathersVariablesInTheOrderInWhichAClusterSetsThem() throws IOException {
        App app = read(web("""
                envFrom:
                  - configMapRef: {name: settings}
                  - prefix: OLD_
                    configMapRef: {name: settings}
                  - configMapRef: {name: none, optional: true}
                env:
                  - {name: LEVEL, value: debug}
                  - {name: HOST, value: cache}
                  - {name: CACHE_URL, value: "redis://$(HOST):6379/$$(X)/$(UNSET)"}
                  - {name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: MODE}}}
                  - {name: NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                command: [run]
                args: ["--host", "$(HOST)"]
                """) + """
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {MODE: fast, LEVEL: info}}
                """);
        AppService web = service(app, "web");
        assertThat(plain(web.environment()))
                .containsOnly(
                        Map.entry("CACHE_URL", "redis://cache:6379/$(X)/$(UNSET)"),
                        Map.entry("HOST", "cache"),
                        Map.entry("LEVEL", "debug"),
                        Map.entry("MODE", "fast"),
                        Map.entry("NAMESPACE", "shop"),
                        Map.entry("OLD_LEVEL", "info"),
                        Map.entry("OLD_MODE", "fast"));
        assertThat(web.command().stream().map(SecretTemplate::text)).containsExactly("run", "--host", "cache");
    }

    @Test
    void takesAwayTheValuesOfSecretsWhateverTheirName() throws IOException {
        write(
                "app.yaml",
                web("""
                envFrom: [{secretRef: {name: keys}}]
                env:
                  - {name: COLOUR, valueFrom: {secretKeyRef: {name: keys, key: colour}}}
                  - {name: DATABASE_URL, valueFrom: {secretKeyRef: {name: keys, key: url}}}
                  - {name: LATER, valueFrom: {secretKeyRef: {name: elsewhere, key: later}}}
                args: ["--colour=$(COLOUR)"]
                """)
                        + """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                data: {plain: %s}
                stringData:
                  colour: ultramarine-by-night
                  url: postgresql+asyncpg://shop:%s@front:5432/shop
                """.formatted(
                                        Base64.getEncoder()
                                                .encodeToString("aquamarine-by-day".getBytes(StandardCharsets.UTF_8)),
                                        SECRET));
        AppBundle bundle = bundle();
        AppService web = service(bundle.app(), "web");
        assertThat(web.environment().get("COLOUR")).isEqualTo(SecretTemplate.reference("COLOUR"));
        assertThat(web.environment().get("DATABASE_URL"))
                .hasToString("postgresql+asyncpg://shop:${URL_PASSWORD}@front:5432/shop");
        assertThat(web.environment().get("LATER")).isEqualTo(SecretTemplate.reference("LATER"));
        assertThat(bundle.app().findings())
                .anyMatch(finding -> finding.subject().equals("variable LATER")
                        && finding.message().contains("Secret elsewhere"));
        assertThat(bundle.secrets().values()).containsValues("ultramarine-by-night", "aquamarine-by-day", SECRET);
        assertThat(bundle.compose() + bundle.app()).doesNotContain("ultramarine", "aquamarine", SECRET);
    }

    @Test
    void takesFromDotEnvTheSecretsThatNoManifestHolds() throws IOException {
        write("app.yaml", web("env: [{name: TOKEN_OF, valueFrom: {secretKeyRef: {name: elsewhere, key: t}}}]"));
        write(".env", "TOKEN_OF=" + SECRET + "\n");
        AppBundle bundle = bundle();
        assertThat(bundle.secrets().values()).containsEntry("TOKEN_OF", SECRET);
        assertThat(bundle.app().findings()).isEmpty();
    }

    @Test
    void blocksARunWhoseVariablesAreNotAllThere() throws IOException {
        App app = read(web("envFrom: [{configMapRef: {name: gone}}, {secretRef: {name: gone}}]"));
        assertThat(blockers(app))
                .anyMatch(finding -> finding.message().contains("ConfigMap gone"))
                .anyMatch(finding -> finding.message().contains("Secret gone"));
    }

    @Test
    void readsAStatefulSetOfAStoreByItsImage() throws IOException {
        write("slipway.yaml", "source: {address: 10.1.2.3}\n");
        App app = read("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      containers:
                        - name: postgres
                          image: postgis/postgis:16-3.4
                          env:
                            - {name: POSTGRES_DB, value: shop}
                            - {name: POSTGRES_PASSWORD, value: $$PW}
                          volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
                  volumeClaimTemplates: [{metadata: {name: data}, spec: {}}]
                ---
                {apiVersion: v1, kind: Service, metadata: {name: db},
                 spec: {type: NodePort, selector: {app: db}, ports: [{port: 5432, nodePort: 30432}]}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: db-read},
                 spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}}
                """.replace("$$PW", SECRET));
        AppStore db = app.store("db").orElseThrow();
        assertThat(db.engine()).isEqualTo("postgres");
        assertThat(db.version()).isEqualTo("16");
        assertThat(db.source()).contains(SourceUrl.of("postgres://postgres:${POSTGRES_PASSWORD}@10.1.2.3:30432/shop"));
        assertThat(service(app, "db").declared().get("Service.metadata.name"))
                .hasToString("db, db.default, db.default.svc, db.default.svc.cluster.local, db-0.db, db-0.db.default, "
                        + "db-0.db.default.svc, db-0.db.default.svc.cluster.local, db-read, db-read.default, "
                        + "db-read.default.svc, db-read.default.svc.cluster.local, db-0.db-read, "
                        + "db-0.db-read.default, db-0.db-read.default.svc, db-0.db-read.default.svc.cluster.local");
    }

    @Test
    void leadsRequestsAsAnIngressDoes() throws IOException {
        App app = read(web("") + """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: way-in, namespace: shop}
                spec:
                  defaultBackend: {service: {name: front, port: {number: 80}}}
                  rules:
                    - http:
                        paths:
                          - {path: /any, pathType: Prefix, backend: {service: {name: front, port: {name: www}}}}
                    - host: shop.example
                      http:
                        paths:
                          - {path: /, pathType: Prefix, backend: {service: {name: front, port: {number: 80}}}}
                          - {path: /api/v1/, pathType: Prefix, backend: {service: {name: front, port: {number: 80}}}}
                          - {path: /health, pathType: Exact, backend: {service: {name: front, port: {number: 80}}}}
                          - {path: "/old(/|$)(.*)", pathType: ImplementationSpecific, backend: {service: {name: front, port: {number: 80}}}}
                          - {path: /lost, pathType: Prefix, backend: {service: {name: nobody, port: {number: 80}}}}
                """);
        assertThat(app.routes().stream().map(route -> route.host().orElse("*") + route.path()))
                .containsExactly(
                        "shop.example/health",
                        "shop.example/api/v1/*",
                        "shop.example/api/v1",
                        "shop.example/old/*",
                        "shop.example/old",
                        "shop.example/*",
                        "*/any/*",
                        "*/any",
                        "*/*");
        assertThat(app.routes())
                .allMatch(route -> route.service().equals("web"))
                .allMatch(route -> route.port().equals(Optional.of(8080)))
                .first()
                .extracting(Route::from)
                .isEqualTo("Ingress way-in (app.yaml:22)");
        assertThat(app.findings()).anyMatch(finding -> finding.message().contains("Service nobody"));
    }

    @Test
    void readsAnIngressOfTheVersionsBeforeTheFirst() throws IOException {
        App app = read(web("") + """
                ---
                apiVersion: extensions/v1beta1
                kind: Ingress
                metadata: {name: old}
                spec:
                  backend: {serviceName: front, servicePort: www}
                  rules: [{host: a.example, http: {paths: [{backend: {serviceName: front, servicePort: 80}}]}}]
                """);
        assertThat(app.routes().stream()
                        .map(route -> route.host().orElse("*") + route.path() + ":"
                                + route.port().orElseThrow()))
                .containsExactly("a.example/*:8080", "*/*:8080");
    }

    @Test
    void scalesAsAHorizontalPodAutoscalerSays() throws IOException {
        String v2 = """
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                  minReplicas: 2
                  maxReplicas: 10
                  metrics:
                    - {type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 90}}}
                    - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}
                """;
        App app = read(web("") + v2);
        assertThat(service(app, "web").scaling()).contains(new Scaling(2, 10, 70));
        assertThat(app.findings()).anyMatch(finding -> finding.subject().equals("HorizontalPodAutoscaler web"));
        String v1 = """
                ---
                apiVersion: autoscaling/v1
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 4}
                """;
        assertThat(service(read(web("") + v1), "web").scaling()).contains(new Scaling(1, 4, 80));
    }

    @Test
    void readsJobsAndWhatStartsThem() throws IOException {
        App app = read("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: backup}
                spec:
                  schedule: "0 3 * * 1-5"
                  timeZone: Europe/Berlin
                  jobTemplate: {spec: {template: {spec: {containers: [{name: b, image: "postgres:16", command: [pg_dump]}]}}}}
                ---
                apiVersion: batch/v1
                kind: Job
                metadata: {generateName: migrate-}
                spec: {template: {spec: {containers: [{name: m, image: "shop/api:1", args: [migrate]}]}}}
                ---
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: odd}
                spec:
                  schedule: "0 0 13 * 5"
                  jobTemplate: {spec: {template: {spec: {containers: [{name: b, image: shop/odd}]}}}}
                """);
        assertThat(app.services()).allMatch(service -> service.kind() == ServiceKind.JOB);
        assertThat(service(app, "backup").schedule()).contains("cron(0 3 ? * MON-FRI *)");
        assertThat(service(app, "migrate").schedule()).isEmpty();
        assertThat(app.stores()).isEmpty();
        assertThat(app.findings()).anyMatch(finding -> finding.message().contains("Europe/Berlin"));
        assertThat(blockers(app)).singleElement().extracting(Finding::subject).isEqualTo("service odd");
    }

    @Test
    void runsInitContainersThatWorkBeforeAndLeavesOutThoseThatWait() throws IOException {
        App app = read("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api}
                spec:
                  selector: {matchLabels: {app: api}}
                  template:
                    metadata: {labels: {app: api}}
                    spec:
                      initContainers:
                        - {name: wait, image: busybox, command: [sh, -c, "until nc -z db 5432; do sleep 1; done"]}
                        - {name: migrate, image: "shop/api:1", command: [alembic, upgrade, head]}
                      containers:
                        - {name: api, image: "shop/api:1"}
                        - {name: tail, image: "shop/tail:1"}
                """);
        assertThat(app.services().stream().map(AppService::name)).containsExactly("api", "api-tail", "api-migrate");
        assertThat(service(app, "api-migrate").kind()).isEqualTo(ServiceKind.JOB);
        assertThat(service(app, "api").dependsOn()).containsExactly("api-migrate");
        assertThat(app.findings().stream().map(Finding::message))
                .anyMatch(message -> message.contains("init container wait"))
                .anyMatch(message -> message.contains("shares a pod with api"));
    }

    @Test
    void findsTheFoldersInWhichAnAppKeepsFiles() throws IOException {
        App app = read(web("""
                volumeMounts:
                  - {name: media, mountPath: /srv/media}
                  - {name: host, mountPath: /srv/uploads}
                  - {name: bound, mountPath: /srv/documents}
                  - {name: tmp, mountPath: /tmp}
                  - {name: conf, mountPath: /etc/web}
                """).replace("      containers:", """
                      volumes:
                        - {name: media, persistentVolumeClaim: {claimName: media-claim}}
                        - {name: host, hostPath: {path: /data/uploads}}
                        - {name: bound, persistentVolumeClaim: {claimName: documents}}
                        - {name: tmp, emptyDir: {}}
                        - {name: conf, configMap: {name: settings}}
                      containers:""".indent(6).stripTrailing()) + """
                ---
                {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: media-claim}, spec: {resources: {requests: {storage: 1Gi}}}}
                ---
                {apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {claimRef: {name: documents}, hostPath: {path: /data/documents}}}
                """);
        assertThat(app.stores().stream()
                        .map(store -> store.name() + " "
                                + store.source().map(SourceUrl::text).orElse("nowhere")))
                .containsExactlyInAnyOrder(
                        "media-claim nowhere", "uploads file:///data/uploads", "documents file:///data/documents");
        assertThat(service(app, "web").volumes().stream().map(Volume::target))
                .containsExactly("/srv/media", "/srv/uploads", "/srv/documents");
        assertThat(app.findings()).anyMatch(finding -> finding.message().contains("/etc/web"));
    }

    @Test
    void asksForWhatAProbeAsksFor() throws IOException {
        AppService web = service(read(web("""
                livenessProbe: {exec: {command: [alive]}}
                readinessProbe: {httpGet: {path: ready, port: http}, periodSeconds: 5, failureThreshold: 4}
                """)), "web");
        assertThat(web.health().orElseThrow().path()).contains("/ready");
        assertThat(web.health().orElseThrow().intervalSeconds()).isEqualTo(5);
        assertThat(web.health().orElseThrow().retries()).isEqualTo(4);
        AppService alive = service(read(web("livenessProbe: {exec: {command: [alive, --now]}}")), "web");
        assertThat(alive.health().orElseThrow().command().stream().map(SecretTemplate::text))
                .containsExactly("CMD", "alive", "--now");
    }

    @Test
    void saysWhatIsNotRead() throws IOException {
        App app = read(web("") + """
                ---
                {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: web}, spec: {}}
                ---
                {apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: main}, spec: {}}
                ---
                {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent},
                 spec: {template: {spec: {containers: [{name: a, image: shop/agent}]}}}}
                ---
                {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop}, spec: {}}
                """);
        assertThat(app.findings())
                .anyMatch(finding -> finding.subject().equals("ServiceMonitor web"))
                .anyMatch(finding -> finding.subject().equals("store main") && finding.severity() == Severity.BLOCKER);
        assertThat(app.declared()).containsKeys("ServiceMonitor/web", "Cluster/main");
        assertThat(service(app, "agent").kind()).isEqualTo(ServiceKind.OPERATIONS);
        assertThat(service(app, "argocd").kind()).isEqualTo(ServiceKind.OPERATIONS);
        write("slipway.yaml", "stores: {main: {engine: postgres, url: \"postgres://10.0.0.1/shop\"}}\n");
        assertThat(blockers(bundle().app())).isEmpty();
    }

    @Test
    void readsListsJsonAndSeveralFiles() throws IOException {
        write("k8s/list.yaml", """
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: shop/a}]}}
                  - {apiVersion: v1, kind: Namespace, metadata: {name: n}}
                """);
        write("k8s/more/b.json", """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}, "spec": {"containers": [{"name": "b", "image": "shop/b"}]}}
                """);
        write("k8s/values.yaml", "replicas: 1\n");
        write("k8s/empty.yaml", "---\n# nothing\n---\n");
        assertThat(bundle().app().services().stream().map(AppService::name)).containsExactly("a", "b");
    }

    @Test
    void readsAKustomizationThatOnlyGathersAndFillsIn() throws IOException {
        write(
                "base/web.yaml",
                web("envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: keys}}]")
                        .replace(", namespace: shop", ""));
        write("base/kustomization.yaml", "resources: [web.yaml]\n");
        write("kustomization.yaml", """
                namespace: production
                resources: [base]
                images: [{name: shop/web, newName: registry.example/web, newTag: "2.0"}]
                replicas: [{name: web, count: 5}]
                configMapGenerator: [{name: settings, literals: ["MODE=fast", 'QUOTED="a=b"'], envs: [more.env]}]
                secretGenerator: [{name: keys, literals: [PIN_CODE=%s]}]
                """.formatted(SECRET));
        write("more.env", "MORE=1\n");
        AppBundle bundle = bundle();
        AppService web = service(bundle.app(), "web");
        assertThat(web.image()).contains("registry.example/web:2.0");
        assertThat(web.replicas()).isEqualTo(5);
        assertThat(plain(web.environment())).containsEntry("QUOTED", "a=b").containsEntry("MORE", "1");
        assertThat(web.environment().get("PIN_CODE")).isEqualTo(SecretTemplate.reference("PIN_CODE"));
        assertThat(bundle.app().name()).isEqualTo("production");
    }

    @Test
    void sendsToKustomizeAndHelmWhatIsTheirs() throws IOException {
        write("kustomization.yaml", "resources: []\npatches: [{path: a.yaml}]\n");
        assertRefused(this::bundle, "kustomization.yaml:2:1", "kustomize build");
        Files.delete(folder.resolve("kustomization.yaml"));
        write("Chart.yaml", "apiVersion: v2\nname: shop\n");
        assertRefused(this::bundle, folder.toString(), "helm template");
        Files.delete(folder.resolve("Chart.yaml"));
        write("web.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n");
        assertRefused(this::bundle, "web.yaml", "helm template");
    }

    @Test
    void readsTheSameAppFromWhatItUploads() throws IOException {
        write("app.yaml", web("""
                env: [{name: PRICE, value: "$5 ${X}"}, {name: API_KEY, value: abc-123-def}]
                readinessProbe: {httpGet: {path: /ready, port: 8080}}
                """) + """
                ---
                {apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly},
                 spec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: {containers: [{name: n, image: shop/n}]}}}}}}
                ---
                {apiVersion: kafka.strimzi.io/v1, kind: Kafka, metadata: {name: events}}
                """);
        AppBundle bundle = bundle();
        AppBundle uploaded = AppFiles.readUploaded(bundle.app().name(), bundle.compose(), bundle.specText());
        assertThat(uploaded.app()).isEqualTo(bundle.app());
        assertThat(uploaded.spec()).isEqualTo(bundle.spec());
        assertThat(plain(service(uploaded.app(), "web").environment())).containsEntry("PRICE", "$5 ${X}");
        assertThat(bundle.compose()).doesNotContain("abc-123-def");
    }

    @Test
    void prefersComposeFilesAndThenTheNamedManifest() throws IOException {
        write("compose.yaml", "services: {web: {image: shop/web}}\n");
        write("app.yaml", web(""));
        assertThat(bundle().app().platform()).isEqualTo(Platform.COMPOSE);
        Path named = folder.resolve("app.yaml");
        ComposeRequest request = new ComposeRequest(folder, List.of(named), List.of(), List.of(), Map.of());
        assertThat(AppFiles.read(request).app().platform()).isEqualTo(Platform.KUBERNETES);
    }

    @Test
    void printsNoComposeModelOfManifests() throws IOException {
        write("app.yaml", web(""));
        assertRefused(() -> ComposeConfig.read(ComposeRequest.of(folder)), folder.toString(), "slipway plan");
    }

    private static String web(String extra) {
        return WEB.replace("@EXTRA@\n", extra.isBlank() ? "" : extra.strip().indent(10));
    }

    private App read(String manifests) throws IOException {
        write("app.yaml", manifests);
        return bundle().app();
    }

    private AppBundle bundle() {
        return AppFiles.readDirectory(folder);
    }

    private static AppService service(App app, String name) {
        return app.service(name).orElseThrow();
    }

    private static List<Finding> blockers(App app) {
        return app.findings().stream()
                .filter(finding -> finding.severity() == Severity.BLOCKER)
                .toList();
    }

    private static Map<String, String> plain(Map<String, SecretTemplate> variables) {
        Map<String, String> plain = new TreeMap<>();
        variables.forEach((name, value) -> value.plain().ifPresent(text -> plain.put(name, text)));
        return plain;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
