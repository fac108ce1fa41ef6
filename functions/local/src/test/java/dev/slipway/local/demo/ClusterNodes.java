package dev.slipway.local.demo;

import dev.slipway.account.Clients;
import dev.slipway.kubernetes.LocalCluster;
import dev.slipway.local.ClassCache;
import dev.slipway.local.LocalRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/**
 * What the controllers and nodes of a cluster in Auto Mode do for an app's Deployments: their pods are processes of this machine with
 * the variables that the cluster's objects give them, registered with the target group that a TargetGroupBinding names.
 */
final class ClusterNodes implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final String LOOPBACK = "127.0.0.1";
    private final LocalRun run;
    private final LocalCluster cluster;
    private final String namespace;
    private final ElasticLoadBalancingV2Client balancers = Clients.of(ElasticLoadBalancingV2Client.builder());
    private final Map<String, List<Pod>> pods = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean open = true;

    private record Pod(Process process, int port, Optional<String> group) {}

    private ClusterNodes(LocalRun run, LocalCluster cluster, String namespace) {
        this.run = run;
        this.cluster = cluster;
        this.namespace = namespace;
        this.thread = Thread.ofVirtual().name("cluster-nodes").unstarted(this::control);
    }

    static ClusterNodes start(LocalRun run, LocalCluster cluster, String namespace) {
        ClusterNodes nodes = new ClusterNodes(run, cluster, namespace);
        nodes.thread.start();
        return nodes;
    }

    /** How many pods each Deployment has that run. */
    Map<String, Integer> running() {
        Map<String, Integer> running = new TreeMap<>();
        pods.forEach((name, some) -> running.put(
                name, (int) some.stream().filter(pod -> pod.process.isAlive()).count()));
        return running;
    }

    private void control() {
        while (open) {
            cluster.workloads(namespace).forEach(this::look);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void look(LocalCluster.Workload workload) {
        List<Pod> own = pods.computeIfAbsent(workload.name(), any -> new CopyOnWriteArrayList<>());
        while (own.size() < workload.wanted()) {
            own.add(begin(workload));
        }
        while (own.size() > workload.wanted()) {
            end(own.removeLast());
        }
        int ready = (int) own.stream().filter(pod -> answers(pod.port)).count();
        cluster.tell(namespace, workload.name(), own.size(), ready);
    }

    private Pod begin(LocalCluster.Workload workload) {
        try {
            int port = freePort();
            List<String> command = ClassCache.of(run.checkout())
                    .command(List.of("-Xmx96m", "@" + run.folder().flags()), "dev.slipway.local.sample.SampleService");
            Path log = run.folder().logs().resolve("pod-" + workload.name() + "-" + port + ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(workload.environment());
            builder.environment().putAll(Map.of("HOST", LOOPBACK, "PORT", Integer.toString(port)));
            Process process = builder.start();
            // Whatever becomes of this process, the run's guard ends those that are named there.
            Files.writeString(run.folder().pids().resolve(Long.toString(process.pid())), command.getFirst() + "\n");
            workload.group()
                    .ifPresent(arn -> balancers.registerTargets(
                            request -> request.targetGroupArn(arn).targets(target(port))));
            return new Pod(process, port, workload.group());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(Pod pod) {
        pod.group.ifPresent(arn -> balancers.deregisterTargets(
                request -> request.targetGroupArn(arn).targets(target(pod.port))));
        pod.process.destroy();
    }

    private static TargetDescription target(int port) {
        return TargetDescription.builder().id(LOOPBACK).port(port).build();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pods.values().stream().flatMap(List::stream).forEach(pod -> pod.process.destroy());
    }
}
