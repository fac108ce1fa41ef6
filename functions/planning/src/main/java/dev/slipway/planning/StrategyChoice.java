package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which strategy suits an app, by the rule of the design: {@code compute-first} where the target reaches the source and no folder is
 * written to, otherwise {@code switch} where the copy can follow, otherwise {@code freeze}.
 *
 * @param inTheWay why it is not one with a shorter pause
 * @param restarts Postgres stores that need one, because nothing says that their log is a logical one
 */
record StrategyChoice(Strategy suits, List<String> inTheWay, List<String> restarts) {
    private static final String FREEZE =
            "writes pause on both sides while the weights rise, so going back before the cutover loses nothing";

    private static final String NO_STORE = "no store is moved, so no write pauses, and going back puts the record back";

    private static final String COMPUTE_FIRST =
            "the new services begin with the stores of the source, so traffic comes over in steps"
                    + " and going back costs nothing; last, the writes come over within seconds, to services that run by then";

    private static final String SWITCH =
            "the copy follows while the app writes, the writes come over within seconds and all of the"
                    + " traffic after them, and until the hold is over a rollback brings back every write";

    private static final Pattern LOGICAL = Pattern.compile("\\bwal_level\\s*=\\s*[\"']?logical\\b");
    private static final Pattern OWN_MACHINE =
            Pattern.compile("[a-z]+://(?:[^@/]*@)?(?:localhost|127\\.0\\.0\\.1|host\\.docker\\.internal)(?:[:/?].*)?");
    /** The first version that can be followed, of each kind (https://www.postgresql.org/docs/10/logical-replication.html). */
    private static final Map<StoreKind, Integer> FIRST_TO_FOLLOW = Map.of(StoreKind.POSTGRES, 10, StoreKind.REDIS, 6);

    StrategyChoice {
        inTheWay = List.copyOf(inTheWay);
        restarts = List.copyOf(restarts);
    }

    private static StrategyChoice of(App app, Spec spec) {
        List<AppStore> records = app.stores().stream()
                .filter(store -> store.role() == StoreRole.RECORD)
                .toList();
        if (records.isEmpty()) {
            return new StrategyChoice(Strategy.FREEZE, List.of(), List.of());
        }
        List<String> old = records.stream()
                .filter(StrategyChoice::isTooOld)
                .map(store -> store.name() + " is " + named(store) + ", whose changes cannot be followed")
                .toList();
        if (!old.isEmpty()) {
            return new StrategyChoice(Strategy.FREEZE, old, List.of());
        }
        List<String> inTheWay = new ArrayList<>(Forerunners.impossible(app, spec));
        records.stream()
                .filter(StrategyChoice::isOnThisMachine)
                .map(AppStore::name)
                .findFirst()
                .ifPresent(name -> inTheWay.add("the target's network cannot reach " + name
                        + " at this machine's own address (source.address)"));
        List<String> restarts = records.stream()
                .filter(store -> store.kind() == StoreKind.POSTGRES && !isLogical(app, store))
                .map(AppStore::name)
                .toList();
        return new StrategyChoice(inTheWay.isEmpty() ? Strategy.COMPUTE_FIRST : Strategy.SWITCH, inTheWay, restarts);
    }

    /** Which strategy the plan has. */
    static Strategy chosen(App app, Spec spec) {
        return spec.strategy().orElseGet(() -> of(app, spec).suits);
    }

    /** Why the plan has that strategy. */
    static String reason(App app, Spec spec) {
        StrategyChoice choice = of(app, spec);
        String reason = switch (chosen(app, spec)) {
            case FREEZE -> choice.whyFreeze(spec.strategy().isPresent());
            case SWITCH -> SWITCH + choice.notComputeFirst() + choice.restart();
            case COMPUTE_FIRST -> COMPUTE_FIRST + choice.unless() + choice.restart();
        };
        return spec.strategy().isPresent() ? "slipway.yaml asks for it: " + reason : reason;
    }

    private String whyFreeze(boolean asked) {
        if (suits != Strategy.FREEZE) {
            return FREEZE + "; '" + suits.word() + "' would suit, too" + notComputeFirst() + restart();
        }
        if (inTheWay.isEmpty()) {
            return asked ? FREEZE : NO_STORE;
        }
        return FREEZE + "; nothing shorter suits, because " + String.join("; ", inTheWay);
    }

    private String notComputeFirst() {
        return suits == Strategy.SWITCH ? "; it is not 'compute-first', because " + String.join("; ", inTheWay) : "";
    }

    private String unless() {
        return inTheWay.isEmpty() ? "" : "; but that cannot be as it stands, because " + String.join("; ", inTheWay);
    }

    private String restart() {
        return restarts.isEmpty()
                ? ""
                : "; it takes one restart of " + String.join(", ", restarts) + " with wal_level=logical";
    }

    /** Whether its source takes writes while it is copied: the rules of a bucket are its owner's. */
    static boolean staysOpen(AppStore store) {
        return store.role() == StoreRole.RECORD
                && store.kind() == StoreKind.OBJECTS
                && !store.engine().equals("folder");
    }

    /** Whether its changes cannot be followed, which is needed of the record alone. */
    static boolean isTooOld(AppStore store) {
        if (store.role() != StoreRole.RECORD) {
            return false;
        }
        int major = EngineVersions.major(store.version());
        return major > 0 && major < FIRST_TO_FOLLOW.getOrDefault(store.kind(), 0);
    }

    /** Its kind and its version, as a person says it. */
    static String named(AppStore store) {
        return (store.kind() == StoreKind.POSTGRES ? "Postgres " : "Redis ") + store.version();
    }

    private static boolean isLogical(App app, AppStore store) {
        return store.service().flatMap(app::service).stream()
                .anyMatch(service -> LOGICAL.matcher(service.command().stream()
                                .map(SecretTemplate::text)
                                .collect(Collectors.joining(" ")))
                        .find());
    }

    private static boolean isOnThisMachine(AppStore store) {
        return store.source()
                .map(SourceUrl::text)
                .filter(url -> OWN_MACHINE.matcher(url).matches())
                .isPresent();
    }
}
