package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The services that begin with the stores of the source, where the traffic comes before the writes. */
final class Forerunners {
    private Forerunners() {}

    /** Those that run twice: whatever is asked for something. What asks on its own stays where it is until the writes come. */
    static List<PlannedService> doubled(App app, Spec spec, List<PlannedService> services) {
        return StrategyChoice.chosen(app, spec) == Strategy.COMPUTE_FIRST
                        && impossible(app, spec).isEmpty()
                ? services.stream()
                        .filter(service -> service.port().isPresent())
                        .toList()
                : List.of();
    }

    /** Why there can be none. */
    static List<String> impossible(App app, Spec spec) {
        List<String> reasons = new ArrayList<>();
        app.stores().stream()
                .filter(store ->
                        store.role() == StoreRole.RECORD && store.engine().equals("folder"))
                .forEach(store -> reasons.add(store.name() + " is a folder that is written to"));
        app.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE && isNowhere(app, spec, store))
                .forEach(store -> reasons.add("nothing says at which address " + store.name() + " is"));
        if (spec.target().compute() == Compute.NONE) {
            reasons.add("no service is moved");
        } else if (spec.target().compute() != Compute.FARGATE) {
            reasons.add("only services on Fargate can run twice");
        }
        if (spec.traffic().record().or(spec.traffic()::zone).isEmpty()) {
            reasons.add("no record leads users to the app (traffic.record)");
        }
        Set<String> names =
                app.services(ServiceKind.APP).stream().map(AppService::name).collect(Collectors.toSet());
        names.stream()
                .sorted()
                .map(PlannedService::forerunner)
                .filter(names::contains)
                .forEach(name -> reasons.add("a service has the name " + name
                        + ", which the other one of the services that run twice would have"));
        return reasons;
    }

    private static boolean isNowhere(App app, Spec spec, AppStore store) {
        return switch (store.kind()) {
            case POSTGRES, REDIS -> SourceAddress.of(store).isEmpty();
            case OBJECTS ->
                store.service().isPresent()
                        && ObjectServer.of(app, store, spec.sourceAddress())
                                .endpoint()
                                .isEmpty();
        };
    }
}
