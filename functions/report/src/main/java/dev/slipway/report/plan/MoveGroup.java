package dev.slipway.report.plan;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.report.plan.Move.Icon;
import dev.slipway.report.plan.Move.Kind;
import dev.slipway.report.plan.Move.Side;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of the diagram that stand below one heading. */
record MoveGroup(String title, List<Move> moves) {
    private static final String PORTS = "published ports";

    /** Those that have a line. */
    static List<MoveGroup> of(Plan plan) {
        Set<String> shown = Stream.of(
                        plan.services().stream().map(PlannedService::name),
                        plan.jobs().stream().map(PlannedJob::name),
                        plan.stores().stream().map(PlannedStore::name))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        return Stream.of(
                        new MoveGroup("Requests", entrance(plan)),
                        new MoveGroup(
                                "Services",
                                plan.services().stream().map(MoveGroup::service).toList()),
                        new MoveGroup(
                                "Jobs", plan.jobs().stream().map(MoveGroup::job).toList()),
                        new MoveGroup(
                                "Stores",
                                plan.stores().stream().map(MoveGroup::store).toList()),
                        new MoveGroup("Around them", others(plan, shown)),
                        new MoveGroup("Not moved", left(plan, shown)))
                .filter(group -> !group.moves().isEmpty())
                .toList();
    }

    private static List<Move> entrance(Plan plan) {
        if (plan.routes().isEmpty()) {
            return List.of();
        }
        String record = plan.traffic().record().orElse("");
        return List.of(Move.moved(
                        new Side(Icon.ENTRANCE, PORTS, record),
                        new Side(Icon.ENTRANCE, "Application Load Balancer", record),
                        "by weights")
                .enteredIf(true));
    }

    private static Move service(PlannedService service) {
        String size = Words.size(service.cpu(), service.memoryMib());
        String paths = service.paths().isEmpty() ? "" : ", " + String.join(" ", service.paths());
        return Move.moved(
                        new Side(Icon.SERVICE, service.name(), service.image()),
                        new Side(Icon.SERVICE, service.name(), Words.number(service) + " × " + size + paths),
                        "same image")
                .enteredIf(!service.paths().isEmpty());
    }

    private static Move job(PlannedJob job) {
        return Move.moved(
                new Side(Icon.JOB, job.name(), job.image()),
                new Side(Icon.JOB, job.name(), job.schedule().orElse("once, before the services start")),
                "same image");
    }

    private static Move store(PlannedStore store) {
        boolean stays = store.role() == StoreRole.LEAVE;
        Side today = new Side(Icon.of(store.engine()).orElse(Icon.DATABASE), store.name(), Words.today(store));
        Icon icon = store.kind() == StoreKind.OBJECTS ? Icon.BUCKET : Icon.DATABASE;
        String storage = store.storageGb() == 0 ? "" : ", " + store.storageGb() + " GB";
        return stays
                ? new Move(today, new Side(today.icon(), "stays where it is", ""), "left", Kind.LEFT, false)
                : new Move(
                        today,
                        new Side(
                                icon,
                                (store.target() + " " + store.targetVersion()).strip(),
                                store.instance() + storage),
                        store.role() == StoreRole.CACHE ? "copied, may differ" : "copied, compared",
                        Kind.COPIED,
                        false);
    }

    /** What the mapping has beside the parts that have a line of their own. */
    private static List<Move> others(Plan plan, Set<String> shown) {
        return plan.mapping().stream()
                .filter(row -> shown.stream().noneMatch(name -> isOf(row, name)))
                .filter(row -> plan.routes().isEmpty() || !row.from().equals(PORTS))
                .map(row -> Move.moved(
                        new Side(Icon.OTHER, row.from(), ""), new Side(Icon.OTHER, row.to(), ""), "replaced"))
                .toList();
    }

    /** Services of which nothing is left, and of which the mapping says nothing. */
    private static List<Move> left(Plan plan, Set<String> shown) {
        return SharedFate.of(plan.lost()).stream()
                .flatMap(fate -> fate.services().stream().map(service -> new KeyFate(service, "", fate.why())))
                .filter(fate -> !fate.service().equals("-") && !shown.contains(fate.service()))
                .filter(fate -> plan.mapping().stream().noneMatch(row -> isOf(row, fate.service())))
                .filter(fate -> !isChanged(plan, fate.service()))
                .map(fate -> new Move(
                        new Side(Icon.SERVICE, fate.service(), ""),
                        new Side(Icon.OTHER, "not moved", fate.why().replaceFirst("^is not moved: ", "")),
                        "left",
                        Kind.LEFT,
                        false))
                .toList();
    }

    /** A mapping names a part behind its kind, or in brackets behind its product. */
    private static boolean isOf(PlannedMapping row, String name) {
        return row.from().equals(name)
                || row.from().endsWith(" " + name)
                || row.from().endsWith("(" + name + ")");
    }

    private static boolean isChanged(Plan plan, String service) {
        return Stream.concat(plan.changed().stream(), plan.kept().stream())
                .anyMatch(fate -> fate.service().equals(service));
    }
}
