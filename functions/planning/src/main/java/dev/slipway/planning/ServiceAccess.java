package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedAccess;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whom a service talks to: those that it names ({@link Mentions}) or waits for ({@code depends_on}). Private services that the
 * same one asks may ask each other. What nobody names is open to all of the app's services: a way too many is better than an app
 * that stands still.
 */
final class ServiceAccess {
    private final App app;
    private final Set<String> listening;
    private final Set<String> stores;
    private final Map<String, Mentions.Named> named;
    private final Set<String> unnamedServices;
    private final Set<String> unnamedStores;

    private ServiceAccess(App app, Spec spec) {
        PublicPaths paths = PublicPaths.of(app, spec);
        Mentions mentions = new Mentions(app, spec.sourceAddress());
        this.app = app;
        this.stores = app.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE)
                .map(AppStore::name)
                .collect(Collectors.toCollection(TreeSet::new));
        this.listening = app.services(ServiceKind.APP).stream()
                .filter(service -> paths.of(service).isEmpty())
                .filter(service -> ServicePlanner.port(service).isPresent())
                .map(AppService::name)
                .collect(Collectors.toCollection(TreeSet::new));
        this.named = Stream.of(ServiceKind.APP, ServiceKind.JOB)
                .flatMap(kind -> app.services(kind).stream())
                .collect(Collectors.toMap(
                        AppService::name, service -> named(service, mentions), (one, other) -> one, TreeMap::new));
        this.unnamedServices = without(listening, Mentions.Named::services);
        this.unnamedStores = without(stores, Mentions.Named::stores);
    }

    static ServiceAccess of(App app, Spec spec) {
        return new ServiceAccess(app, spec);
    }

    PlannedAccess of(AppService service) {
        Mentions.Named own = named.getOrDefault(service.name(), new Mentions.Named(Set.of(), Set.of(), Set.of()));
        Set<String> services = union(own.services(), unnamedServices);
        named.values().stream()
                .filter(caller -> caller.services().contains(service.name()) && listening.contains(service.name()))
                .flatMap(caller -> caller.services().stream().filter(listening::contains))
                .forEach(services::add);
        services.remove(service.name());
        return new PlannedAccess(
                List.copyOf(services),
                List.copyOf(union(own.stores(), unnamedStores)),
                List.copyOf(union(own.writes(), unnamedStores)),
                Outside.sentBy(service));
    }

    /** What is open to all for want of knowledge. */
    List<Finding> findings(Spec spec) {
        List<Finding> findings = new ArrayList<>();
        if (spec.target().compute() != Compute.NONE && named.size() > 1) {
            unnamedServices.forEach(name -> findings.add(open("service " + name)));
            unnamedStores.forEach(name -> findings.add(open("store " + name)));
        }
        return findings;
    }

    private static Finding open(String subject) {
        return Finding.warning(
                subject, "no variable says which services use it, so all of them can reach it on the target");
    }

    /** A service whose variables name a store is taken at its word: {@code depends_on} is often the same for all. */
    private Mentions.Named named(AppService service, Mentions mentions) {
        Mentions.Named own = mentions.of(service);
        Set<String> awaitedStores = app.stores().stream()
                .filter(store ->
                        store.service().filter(service.dependsOn()::contains).isPresent())
                .map(AppStore::name)
                .collect(Collectors.toSet());
        boolean silent = own.stores().isEmpty();
        return new Mentions.Named(
                union(own.services(), awaited(service)),
                known(silent ? awaitedStores : own.stores()),
                known(silent ? awaitedStores : own.writes()));
    }

    private List<String> awaited(AppService service) {
        return service.dependsOn().stream()
                .filter(name -> app.service(name)
                        .filter(other -> other.kind() == ServiceKind.APP)
                        .isPresent())
                .toList();
    }

    private Set<String> known(Set<String> names) {
        return names.stream().filter(stores::contains).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> without(Set<String> all, Function<Mentions.Named, Set<String>> which) {
        Set<String> without = new TreeSet<>(all);
        named.values().stream().map(which).forEach(without::removeAll);
        return without;
    }

    private static Set<String> union(Collection<String> some, Collection<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toCollection(TreeSet::new));
    }
}
