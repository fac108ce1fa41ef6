package dev.slipway.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.local.account.Account;
import dev.slipway.local.account.AccountSettings;
import dev.slipway.local.account.Guard;
import dev.slipway.local.account.PythonEnvironment;
import dev.slipway.local.account.SamDeploy;
import dev.slipway.local.room.MachineRoom;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An AWS account on this machine with the pipeline deployed in it: the emulator, the room where its managed stores run, and a guard
 * that ends all of it should this process die. Closing it ends everything that it started.
 */
public final class LocalRun implements AutoCloseable {
    private static final String STACK = "slipway";

    private final Checkout checkout;
    private final RunFolder folder;
    private final LocalEnvironments environments;
    private final MachineRoom room;
    private final Starting account;
    private final Deque<AutoCloseable> open;

    private LocalRun(
            Checkout checkout,
            RunFolder folder,
            LocalEnvironments environments,
            MachineRoom room,
            Starting account,
            Deque<AutoCloseable> open) {
        this.checkout = checkout;
        this.folder = folder;
        this.environments = environments;
        this.room = room;
        this.account = account;
        this.open = open;
    }

    /** Begins to start the account, which takes some seconds; the pipeline is deployed by {@link #deploy}. */
    public static LocalRun start(Checkout checkout, RunFolder folder, LocalEnvironments environments)
            throws IOException {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            open.push(Guard.start(environments.account(), folder.path()));
            MachineRoom room = MachineRoom.open(checkout.cache(), folder.path());
            open.push(room);
            Starting account = Starting.account(settings(checkout, folder, environments.account(), room.uri()));
            open.push(account);
            return new LocalRun(checkout, folder, environments, room, account, open);
        } catch (IOException | RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    private static AccountSettings settings(Checkout checkout, RunFolder folder, PythonEnvironment python, URI room)
            throws IOException {
        Files.writeString(folder.images(), "{}");
        Files.writeString(folder.faults(), "{}");
        Files.write(folder.flags(), nameFlags(folder));
        return AccountSettings.inCheckout(checkout.root(), folder.path(), python)
                .inRun(folder.images(), folder.faults(), room, List.of("@" + folder.flags()));
    }

    /** What makes a JVM resolve names as this run has them. */
    static List<String> nameFlags(RunFolder folder) {
        return List.of("-Djdk.net.hosts.file=" + folder.hosts(), "-Dsun.jnu.encoding=UTF-8");
    }

    /** Deploys template.yaml as it stands, and answers the pipeline. */
    public Pipeline deploy(int heartbeatSeconds) throws IOException {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "WorkerImage", "slipway-worker:local",
                "WorkerSubnets", "subnet-0a1b2c3d",
                "WorkerSecurityGroups", "sg-0a1b2c3d",
                "HeartbeatSeconds", Integer.toString(heartbeatSeconds),
                "PollSeconds", "1",
                "EncryptedCache", "false"));
        return new Pipeline(SamDeploy.deploy(
                environments.sam(),
                account(),
                checkout.template(),
                STACK,
                parameters,
                folder.logs().resolve("sam-deploy.log")));
    }

    /** Says what the account runs for each container image. */
    public void images(Map<String, Object> images) throws IOException {
        JsonMapper mapper = StrictJson.mapper();
        Files.write(folder.images(), mapper.writeValueAsBytes(images));
    }

    /** Says which calls of the account fail, and how. */
    public void faults(Map<String, Object> faults) throws IOException {
        Files.write(folder.faults(), StrictJson.mapper().writeValueAsBytes(faults));
    }

    /**
     * Says which Kubernetes API answers for the account's clusters that are made from now on.
     *
     * @param certificate of its authority, in Base64
     */
    public void cluster(String endpoint, String certificate) throws IOException {
        Files.write(
                folder.cluster(),
                StrictJson.mapper().writeValueAsBytes(Map.of("endpoint", endpoint, "certificate", certificate)));
    }

    /** Lets the JVMs that start from now on reach the Internet of this run; answers their flag. */
    public String proxy(InetSocketAddress router) throws IOException {
        List<String> flags = new ArrayList<>(nameFlags(folder));
        flags.add("-Dhttp.proxyHost=" + router.getHostString());
        flags.add("-Dhttp.proxyPort=" + router.getPort());
        flags.add("-Dhttp.nonProxyHosts=127.*|localhost");
        Files.write(folder.flags(), flags);
        return "@" + folder.flags();
    }

    public MachineRoom room() {
        return room;
    }

    /** Waits until it has started. */
    public Account account() {
        return account.get();
    }

    public RunFolder folder() {
        return folder;
    }

    public Checkout checkout() {
        return checkout;
    }

    public LocalEnvironments environments() {
        return environments;
    }

    /** Ends something together with the run, before all that was there earlier. */
    public <T extends AutoCloseable> T with(T closeable) {
        open.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        closeAll(open);
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            closeOne(open.pop());
        }
    }

    private static void closeOne(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(LocalRun.class).warn("Closing {} failed", closeable, e);
        }
    }
}
