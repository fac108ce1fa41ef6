package dev.slipway.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.servers.TlsIdentity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A Kubernetes API on loopback, behind TLS: what fabric8 keeps objects by, asked by the JDK's own server. It runs nothing; whoever
 * plays its nodes asks for the workloads and tells their pods.
 */
public final class LocalCluster implements AutoCloseable {
    private static final String TOKEN = "Bearer it";

    private final ApplyingDispatcher objects = new ApplyingDispatcher();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;
    private final TlsIdentity identity;
    private final KubernetesClient client;

    private LocalCluster(TlsIdentity identity) throws IOException, GeneralSecurityException {
        this.identity = identity;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(identity)));
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(endpoint())
                .withCaCertData(certificate())
                .withOauthToken("it")
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** @param folder for its key */
    public static LocalCluster start(Path folder) throws IOException {
        try {
            return new LocalCluster(TlsIdentity.make(folder));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * A Deployment, as nodes see it.
     *
     * @param wanted how many pods it is asked for
     * @param environment of its first container, in the end
     * @param group the target group that its pods are registered with
     */
    public record Workload(String name, int wanted, Map<String, String> environment, Optional<String> group) {}

    public String endpoint() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Its certificate in Base64, as EKS tells that of a cluster. */
    public String certificate() throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(identity.certificate()));
    }

    /** What others showed at its door. */
    public Set<String> tokens() {
        return Set.copyOf(tokens);
    }

    public List<Workload> workloads(String namespace) {
        return client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                .map(deployment -> new Workload(
                        deployment.getMetadata().getName(),
                        Readiness.wanted(deployment),
                        environment(
                                namespace,
                                deployment
                                        .getSpec()
                                        .getTemplate()
                                        .getSpec()
                                        .getContainers()
                                        .getFirst()),
                        group(namespace, deployment.getMetadata().getName())))
                .toList();
    }

    /** Tells how many pods there are, and how many of them are ready. */
    public void tell(String namespace, String name, int pods, int ready) {
        Deployment deployment = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        DeploymentStatus status = new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(pods)
                .withUpdatedReplicas(pods)
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .build();
        if (!status.equals(deployment.getStatus())) {
            deployment.setStatus(status);
            client.resource(deployment).updateStatus();
        }
    }

    private Optional<String> group(String namespace, String service) {
        GenericKubernetesResource binding = client.genericKubernetesResources(Kinds.WITHIN.getFirst())
                .inNamespace(namespace)
                .withName(service)
                .get();
        return Optional.ofNullable(binding).map(found -> found.get("spec", "targetGroupARN"));
    }

    /** In the order in which a cluster sets them. */
    private Map<String, String> environment(String namespace, Container container) {
        Map<String, String> environment = new TreeMap<>();
        container.getEnvFrom().forEach(from -> {
            if (from.getConfigMapRef() != null) {
                environment.putAll(configMap(namespace, from.getConfigMapRef().getName()));
            }
            if (from.getSecretRef() != null) {
                environment.putAll(secret(namespace, from.getSecretRef().getName()));
            }
        });
        container.getEnv().forEach(variable -> environment.put(variable.getName(), value(namespace, variable)));
        return environment;
    }

    private String value(String namespace, EnvVar variable) {
        EnvVarSource source = variable.getValueFrom();
        if (source != null && source.getSecretKeyRef() != null) {
            return secret(namespace, source.getSecretKeyRef().getName())
                    .getOrDefault(source.getSecretKeyRef().getKey(), "");
        }
        if (source != null && source.getConfigMapKeyRef() != null) {
            return configMap(namespace, source.getConfigMapKeyRef().getName())
                    .getOrDefault(source.getConfigMapKeyRef().getKey(), "");
        }
        return Objects.requireNonNullElse(variable.getValue(), "");
    }

    private Map<String, String> configMap(String namespace, String name) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .flatMap(found -> Optional.ofNullable(found.getData()))
                .orElse(Map.of());
    }

    private Map<String, String> secret(String namespace, String name) {
        return Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get())
                .flatMap(found -> Optional.ofNullable(found.getStringData()))
                .orElse(Map.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!token.equals(TOKEN)) {
            tokens.add(token);
        }
        MockResponse response = objects.dispatch(recorded(exchange));
        byte[] body =
                response.getBody() == null ? new byte[0] : response.getBody().getBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.code(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static RecordedRequest recorded(HttpExchange exchange) throws IOException {
        Headers.Builder headers = Headers.builder();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        return new RecordedRequest(
                "HTTP/1.1",
                HttpMethod.valueOf(exchange.getRequestMethod()),
                exchange.getRequestURI().toString(),
                headers.build(),
                new Buffer(exchange.getRequestBody().readAllBytes()));
    }

    private static SSLContext context(TlsIdentity identity) throws IOException, GeneralSecurityException {
        char[] password = TlsIdentity.PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(identity.store())) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
        executor.close();
    }
}
