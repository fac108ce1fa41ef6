package dev.slipway.local.demo;

import dev.slipway.compose.AppBundle;
import dev.slipway.local.Checkout;
import dev.slipway.local.RunFolder;
import dev.slipway.local.router.Visit;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An app that has a demo: what is its own beside its files in {@code events/apps}. */
sealed interface SampleApp permits Preschool, SmartBoard {
    static List<SampleApp> all() {
        return List.of(new Preschool(), new SmartBoard());
    }

    /** @throws InvalidInput naming those there are, if there is none of that name */
    static SampleApp named(String name) {
        return all().stream()
                .filter(app -> app.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "run the demo of " + name,
                        "there is no such app with a demo",
                        "use " + all().stream().map(SampleApp::name).collect(Collectors.joining(" or "))));
    }

    /** Its folder below {@code events/apps}. */
    String name();

    /** The domain that its users call, in Route 53. */
    String zone();

    /** The first part of the name that its users call. */
    String host();

    /** The name that the users of it call, or of a copy of it that is called otherwise. */
    default String record(String app) {
        return (app.equals(name()) ? host() : app) + "." + zone();
    }

    /** The owner of its Postgres. */
    String login();

    /** The database in it. */
    String database();

    /** The secrets of its {@code .env} that are made at random for each run. */
    List<String> secrets();

    /** The store of its files. */
    String objects();

    /** Whether its stores can only follow: one of them is a bucket, which nobody here can close for a copy. */
    boolean onlyFollows();

    /** The services that its load balancer knows. */
    List<String> balanced();

    /** What people write all the time: a table whose numbers of rows grow, and what its rows are called. */
    Written written();

    /**
     * What tells writes from each other.
     *
     * @param table with a column {@code id} that counts up
     * @param rows in English
     */
    record Written(String table, String rows) {}

    /** Makes ready where it keeps its files. */
    SourceObjects startObjects(Checkout checkout, RunFolder run) throws IOException;

    /** Fills its stores, which are empty. */
    void seed(DemoSource source, SampleData data) throws IOException, InterruptedException;

    /** Starts its services on the old server, over the source's stores. */
    OldServices startServices(RunFolder run, DemoSource source, AppBundle bundle) throws IOException;

    /** The class that plays each image, and what it is told beside its own variables. */
    Map<String, Program> programs();

    /**
     * What plays an image.
     *
     * @param main its class
     */
    record Program(String main, Map<String, String> environment) {}

    /** Whom the visitors visit. */
    Visit visit(String app, SampleData data);
}
