package dev.slipway.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * A real Kubernetes API server of this machine over an etcd of its own, on loopback; it ends with this process.
 *
 * <p>It checks, merges and keeps objects as every cluster does. It has no controller and no node: nothing makes pods, nobody but a test
 * writes a status, and what has a finalizer stays until a test takes that away.
 */
public final class KubernetesServer implements AutoCloseable {
    /** Of a user who may do everything. */
    public static final String TOKEN = "0wner-t0ken";

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final ServerProcess etcd;
    private final ServerProcess api;
    private final int port;
    private final TlsIdentity identity;

    private KubernetesServer(ServerProcess etcd, ServerProcess api, int port, TlsIdentity identity) {
        this.etcd = etcd;
        this.api = api;
        this.port = port;
        this.identity = identity;
    }

    /**
     * The folder of its programs, which a script of the checkout builds once; empty where this machine cannot build them.
     *
     * @throws IOException if it cannot, and the environment says {@code SLIPWAY_REQUIRE_SERVERS=1}
     */
    public static Optional<Path> programs(Path checkout) throws IOException {
        String said = Command.run(
                List.of(checkout.resolve("functions/servers/fetch-kubernetes").toString()), "");
        return said.lines().map(Path::of).filter(Files::isDirectory).findFirst();
    }

    /**
     * Starts one and returns when it answers.
     *
     * @param folder the server's own
     * @throws IOException if it does not answer; the message ends with the last lines of its log
     */
    public static KubernetesServer start(Path programs, Path folder) throws IOException {
        TlsIdentity identity = TlsIdentity.make(folder.resolve("tls"));
        int store = freePort();
        Path pids = folder.resolve("pids");
        ServerProcess etcd = ServerProcess.start(
                List.of(
                        programs.resolve("etcd").toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=http://" + ADDRESS + ":" + store,
                        "--advertise-client-urls=http://" + ADDRESS + ":" + store,
                        "--listen-peer-urls=http://" + ADDRESS + ":" + freePort()),
                folder,
                folder.resolve("etcd.log"),
                pids);
        Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",owner,1,\"system:masters\"\n");
        int port = freePort();
        Path log = folder.resolve("api.log");
        ServerProcess api = ServerProcess.start(command(programs, folder, identity, store, port), folder, log, pids);
        KubernetesServer server = new KubernetesServer(etcd, api, port, identity);
        try {
            server.awaitAnswer(log);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static List<String> command(Path programs, Path folder, TlsIdentity identity, int store, int port) {
        return List.of(
                programs.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://" + ADDRESS + ":" + store,
                "--bind-address=" + ADDRESS,
                "--secure-port=" + port,
                "--tls-cert-file=" + identity.certificate(),
                "--tls-private-key-file=" + identity.key(),
                "--cert-dir=" + folder.resolve("tls"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.local",
                "--service-account-key-file=" + identity.certificate(),
                "--service-account-signing-key-file=" + identity.key(),
                "--service-cluster-ip-range=10.0.0.0/24",
                // Its controller would make the accounts that it asks for.
                "--disable-admission-plugins=ServiceAccount");
    }

    public String endpoint() {
        return "https://" + ADDRESS + ":" + port;
    }

    /** Its certificate in Base64, as EKS tells that of a cluster. */
    public String certificate() throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(identity.certificate()));
    }

    @Override
    public void close() {
        api.stop(STOP);
        etcd.stop(STOP);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws IOException {
        SSLContext trust = identity.trust();
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers(trust)) {
            if (!api.isAlive() || !etcd.isAlive() || System.nanoTime() > deadline) {
                List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
                throw new IOException("kube-apiserver does not answer on " + endpoint() + ": "
                        + String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private boolean answers(SSLContext trust) {
        try {
            HttpsURLConnection ready = (HttpsURLConnection)
                    URI.create(endpoint() + "/readyz").toURL().openConnection();
            ready.setSSLSocketFactory(trust.getSocketFactory());
            ready.setConnectTimeout(1_000);
            ready.setReadTimeout(5_000);
            return ready.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
