package dev.slipway.local.demo;

import dev.slipway.account.Clients;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.StoreProgress;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Breaks one thing at the right moment, from outside: nothing of the product knows that it is here. */
final class Breaker implements Consumer<MigrationWatch> {
    private static final String POSTGRES = "postgres";
    private static final long PAUSE_MILLIS = 50;

    private final Demo demo;
    private final Breakage breakage;
    private boolean waiting;
    private volatile boolean broke;

    Breaker(Demo demo, Breakage breakage) {
        this.demo = demo;
        this.breakage = breakage;
    }

    /** What has to be arranged before the execution starts. */
    void prepare() throws IOException {
        if (breakage == Breakage.PROVISION) {
            demo.run()
                    .faults(Map.of(
                            "elasticache:CreateReplicationGroup",
                            Map.of(
                                    "code", "InsufficientCacheClusterCapacity",
                                    "message", "The requested cache node type is not available in this zone")));
        }
    }

    /** Whether what was to break did. Its moment may have passed unseen where there is little to copy. */
    boolean broke() {
        return broke;
    }

    /** Begins to lie in wait at the first look; the right moment may last less than the time between two looks. */
    @Override
    public void accept(MigrationWatch watch) {
        if (!waiting) {
            waiting = true;
            Thread.ofVirtual().name("breaker").start(() -> lieInWait(watch));
        }
    }

    private void lieInWait(MigrationWatch watch) {
        try {
            while (!act(watch)) {
                Thread.sleep(PAUSE_MILLIS);
            }
            broke = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean act(MigrationWatch watch) throws IOException, InterruptedException {
        return switch (breakage) {
            case NONE, PROVISION, AFTER_CUTOVER -> true;
            case COPY -> isCopying(watch) && killTargetPostgres();
            case WORKER_KILLED -> isCopying(watch) && killWorker();
            case VERIFY -> isCopied(watch) && changeOneByte();
            case TARGET_ERRORS -> watch.state().equals("Shift weights") && makeTargetFail();
        };
    }

    private boolean isCopying(MigrationWatch watch) {
        Optional<StoreProgress> progress = watch.progress(POSTGRES);
        return progress.filter(at -> at.verb() == copying())
                .filter(at -> at.amount().bytes() > 0)
                .isPresent();
    }

    /** What follows is copied by the worker that follows. */
    private StoreVerb copying() {
        return demo.follows() ? StoreVerb.FOLLOW : StoreVerb.RESTORE;
    }

    private boolean isCopied(MigrationWatch watch) {
        return watch.attempt()
                .flatMap(attempt -> demo.pipeline()
                        .artifacts()
                        .find(attempt.result(StoreVerb.RESTORE, demo.sample().objects()), StoreResult.class))
                .isPresent();
    }

    private boolean killTargetPostgres() {
        return demo.run().room().crash(databaseName());
    }

    /** As the room calls the server. */
    String databaseName() {
        return demo.run()
                .room()
                .nameAt(output(LogicalName.of(POSTGRES) + "Host"))
                .orElse("");
    }

    private boolean killWorker() {
        List<ProcessHandle> workers = workers(copying(), POSTGRES);
        workers.forEach(ProcessHandle::destroyForcibly);
        return !workers.isEmpty();
    }

    /** The processes of this run that do that. */
    static List<ProcessHandle> workers(StoreVerb verb, String store) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> isWorker(List.of(arguments), verb, store))
                        .orElse(false))
                .toList();
    }

    private static boolean isWorker(List<String> arguments, StoreVerb verb, String store) {
        int work = arguments.indexOf("work");
        return work >= 0 && arguments.subList(work, arguments.size()).containsAll(List.of(verb.word(), store));
    }

    /** The last byte of one object becomes another; its size stays. */
    private boolean changeOneByte() {
        S3Client s3 = demo.pipeline().s3();
        String bucket = output(LogicalName.of(demo.sample().objects()) + "Bucket");
        S3Object object = s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .filter(found -> found.size() > 0)
                .findFirst()
                .orElseThrow();
        ResponseBytes<GetObjectResponse> held =
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(object.key()));
        byte[] changed = held.asByteArray();
        changed[changed.length - 1] ^= 1;
        s3.putObject(
                request -> request.bucket(bucket)
                        .key(object.key())
                        .contentType(held.response().contentType()),
                RequestBody.fromBytes(changed));
        return true;
    }

    private boolean makeTargetFail() throws IOException, InterruptedException {
        ElasticLoadBalancingV2Client balancers = Clients.of(ElasticLoadBalancingV2Client.builder());
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String service : demo.sample().balanced()) {
                String group = output(service + "TargetGroupArn");
                for (var target : balancers
                        .describeTargetHealth(request -> request.targetGroupArn(group))
                        .targetHealthDescriptions()) {
                    URI faults = URI.create("http://" + target.target().id() + ":"
                            + target.target().port() + "/faults");
                    http.send(
                            HttpRequest.newBuilder(faults)
                                    .POST(BodyPublishers.ofString("{\"error_share\":0.5}"))
                                    .build(),
                            BodyHandlers.discarding());
                }
            }
        }
        return true;
    }

    private String output(String name) {
        return attempt()
                .map(attempt -> demo.pipeline().artifacts().read(attempt.target(), TargetOutputs.class))
                .orElseThrow(() -> new InvalidInput("break the run", "no attempt is there yet", "start one"))
                .value(name);
    }

    private Optional<Attempt> attempt() {
        return demo.pipeline().row(demo.app()).map(row -> row.attempt());
    }
}
