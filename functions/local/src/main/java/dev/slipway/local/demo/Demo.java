package dev.slipway.local.demo;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.local.ClassCache;
import dev.slipway.local.LocalRun;
import dev.slipway.local.Pipeline;
import dev.slipway.local.router.Router;
import dev.slipway.local.router.Visitors;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.worker.AppUpload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The sample app on its old server, with people who use it, and the pipeline that will move it: everything is ready for an execution.
 */
public final class Demo {
    private final LocalRun run;
    private final Pipeline pipeline;
    private final SampleApp sample;
    private final String app;
    private final boolean follows;
    private final DemoSource source;
    private final Router router;
    private final Visitors visitors;

    private Demo(
            LocalRun run,
            Pipeline pipeline,
            SampleApp sample,
            Options options,
            DemoSource source,
            Router router,
            Visitors visitors) {
        this.run = run;
        this.pipeline = pipeline;
        this.sample = sample;
        this.app = options.app();
        this.follows = options.follows();
        this.source = source;
        this.router = router;
        this.visitors = visitors;
    }

    /**
     * What is to be made ready.
     *
     * @param app its name
     * @param everySeconds how long a weight is baked, instead of the guide's five minutes
     * @param heartbeatSeconds how long a worker may be silent
     * @param paces how hard each store is copied, by its name; the others as by default
     * @param strategy in the place of the one that its slipway.yaml names
     */
    public record Options(
            String app,
            SampleData data,
            int everySeconds,
            int heartbeatSeconds,
            Map<String, CopyPace> paces,
            Strategy strategy) {
        public Options {
            paces = Map.copyOf(paces);
        }

        /** Whether the stores follow until the cutover, instead of being closed for the copy. */
        boolean follows() {
            return strategy != Strategy.FREEZE;
        }
    }

    /** Deploys the pipeline and starts the old side, side by side, then uploads the app as {@code slipway app put} does. */
    public static Demo prepare(LocalRun run, Options options) throws IOException, InterruptedException {
        SampleApp sample = SampleApp.named(options.app());
        if (options.follows()) {
            run.room().letMastersSubscribe();
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<DemoSource> starting = executor.submit(() -> run.with(
                    DemoSource.start(sample, run.checkout(), run.folder(), options.data(), options.follows())));
            Future<?> training = executor.submit(() -> {
                // Both take the servers' programs from one folder.
                starting.get();
                ClassCache.of(run.checkout())
                        .ensure(ClassTraining.class, ClassTraining.environment(run.environments()), run.folder());
                return null;
            });
            Pipeline pipeline = run.deploy(options.heartbeatSeconds());
            training.get();
            return connect(run, options, sample, pipeline, starting.get());
        } catch (ExecutionException e) {
            throw new IOException("Tried to start the old side but " + e.getCause(), e);
        }
    }

    private static Demo connect(LocalRun run, Options options, SampleApp sample, Pipeline pipeline, DemoSource source)
            throws IOException {
        AppBundle bundle = write(run, options, sample, source);
        OldServices old = run.with(sample.startServices(run.folder(), source, bundle));
        String oldServer = "old." + sample.zone();
        Router router = run.with(Router.open(run.account().endpoint(), Map.of(oldServer, old.published())));
        String flags = run.proxy(router.address());
        run.images(SampleImages.of(sample, run.checkout(), flags, run.environments()));
        publish(sample.zone(), sample.record(options.app()), oldServer);
        new AppUpload(pipeline.artifacts().artifacts(), new FlatSecrets(Clients.of(SecretsManagerClient.builder())))
                .put(bundle);
        Visitors visitors = run.with(Visitors.start(router.address(), sample.visit(options.app(), options.data())));
        return new Demo(run, pipeline, sample, options, source, router, visitors);
    }

    /** The record as the team had it: a simple CNAME to the old server. */
    private static void publish(String domain, String record, String oldServer) {
        Route53Client route53 = Clients.of(Route53Client.builder());
        String zone = route53.createHostedZone(
                        request -> request.name(domain).callerReference("demo-" + System.nanoTime()))
                .hostedZone()
                .id();
        ResourceRecordSet old = ResourceRecordSet.builder()
                .name(record)
                .type(RRType.CNAME)
                .ttl(300L)
                .resourceRecords(ResourceRecord.builder().value(oldServer).build())
                .build();
        route53.changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(Change.builder()
                        .action(ChangeAction.CREATE)
                        .resourceRecordSet(old)
                        .build())));
    }

    private static AppBundle write(LocalRun run, Options options, SampleApp sample, DemoSource source)
            throws IOException {
        DemoAppFolder folder = DemoAppFolder.write(
                sample,
                run.checkout(),
                run.folder().app(),
                new DemoAppFolder.Wishes(options.app(), options.everySeconds(), options.paces(), options.strategy()),
                source.environment());
        return AppFiles.readDirectory(folder.folder());
    }

    public LocalRun run() {
        return run;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    SampleApp sample() {
        return sample;
    }

    public String app() {
        return app;
    }

    /** Whether its stores follow until the cutover. */
    boolean follows() {
        return follows;
    }

    /** The name that the app's users call. */
    String record() {
        return sample.record(app);
    }

    public DemoSource source() {
        return source;
    }

    /** Where the Internet of this run is entered. */
    public InetSocketAddress router() {
        return router.address();
    }

    public Visitors visitors() {
        return visitors;
    }
}
