package dev.slipway.compose;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreSpec;
import dev.slipway.migration.spec.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code slipway.yaml}: every key has a default, an unknown one is an error that names the nearest. */
public final class SpecReader {
    private static final Map<String, Strategy> STRATEGIES =
            Map.of("freeze", Strategy.FREEZE, "switch", Strategy.SWITCH, "compute-first", Strategy.COMPUTE_FIRST);
    private static final Map<String, Delivery> DELIVERIES =
            Map.of("codepipeline", Delivery.CODEPIPELINE, "github-actions", Delivery.GITHUB_ACTIONS);

    private SpecReader() {}

    /**
     * What all stages of the file have in common; each stage is read, too, so that a mistake in one is found at once.
     *
     * @throws dev.slipway.migration.exception.InvalidSpec naming file and line
     */
    public static Spec read(String file, String text) {
        return read(YamlReader.read(file, text), Optional.empty());
    }

    /** The same as one stage has it. */
    static Spec read(Mapping whole, Optional<String> stage) {
        Stages.names(whole).forEach(each -> read(Stages.applied(whole, Optional.of(each))));
        Spec common = read(Stages.applied(whole, Optional.empty()));
        return stage.isEmpty() ? common : read(Stages.applied(whole, stage));
    }

    /** @param file without its stages, which are known all the same where one of them is misspelt */
    private static Spec read(Mapping file) {
        SpecKeys root = SpecKeys.root(file);
        root.allow(
                "app",
                "source",
                "target",
                "stores",
                "strategy",
                "cutover",
                "hold",
                "traffic",
                "soak",
                "approval",
                "schema",
                "delivery",
                "repository",
                "notify",
                ServerReader.KEY,
                Stages.KEY);
        SpecKeys source = root.child("source").allow("address");
        Optional<String> server = ServerReader.check(root.child(ServerReader.KEY));
        SpecKeys cutover = root.child("cutover").allow("max_pause");
        SpecKeys schema = root.child("schema").allow("command");
        Spec or = Spec.DEFAULT;
        return new Spec(
                root.text("app").map(app -> AppName.checked(app, root.at("app"))),
                source.text("address").or(() -> server).orElse(or.sourceAddress()),
                TargetReader.read(root.child("target")),
                stores(root.child("stores")),
                root.choice("strategy", STRATEGIES),
                cutover.duration("max_pause").orElse(or.maxPause()),
                root.duration("hold").orElse(or.hold()),
                TrafficReader.read(root.child("traffic")),
                root.duration("soak").orElse(or.soak()),
                root.flag("approval").orElse(or.approval()),
                schema.text("command"),
                root.choice("delivery", DELIVERIES).orElse(or.delivery()),
                RepositoryReader.read(root.child("repository")),
                root.texts("notify"));
    }

    private static Map<String, StoreSpec> stores(SpecKeys keys) {
        Map<String, StoreSpec> stores = new LinkedHashMap<>();
        keys.names().forEach(name -> stores.put(name, StoreSpecReader.read(keys.child(name))));
        return stores;
    }
}
