package dev.slipway.report.plan;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedAccess;
import dev.slipway.migration.plan.PlannedCutover;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.plan.RunCost;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.StoreTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Plans to show; {@code main} prints one as HTML, to look at. */
final class PlanExamples {
    static final String HOSTILE = "<script>alert('x')</script>\"&";

    private PlanExamples() {}

    public static void main(String... names) {
        System.out.print(PlanHtml.render(
                switch (names[0]) {
                    case "hostile" -> hostile().plan();
                    case "preschool" -> preschool();
                    default -> ofServices(Integer.parseInt(names[0]));
                }));
    }

    /** The demo's own, as the planner's test has it, with what takes the place of its other parts. */
    static Plan preschool() {
        Path golden = Path.of(System.getProperty("slipway.root", "../.."))
                .resolve("functions/planning/src/test/resources/dev/slipway/planning/crp-preschool.plan.json");
        try {
            return StrictJson.mapper().readValue(Files.readString(golden), Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One store, and so many services; every other one is public. */
    static Plan ofServices(int count) {
        List<PlannedService> services = IntStream.range(0, count)
                .mapToObj(i -> ExamplePlan.service(
                        "service-" + i,
                        "shop/service-" + i + ":1",
                        Optional.of(8080),
                        i % 2 == 0 ? List.of("/service-" + i + "/*") : List.of(),
                        2,
                        Optional.of(new Scaling(2, 10, 70))))
                .toList();
        return of(
                "shop",
                List.of(),
                List.of(),
                services,
                List.of(),
                List.of(store("db", StoreRole.RECORD, BucketSettings.NONE)),
                services.stream()
                        .map(service -> new PlannedVariable(
                                service.name(),
                                "DATABASE_URL",
                                template("postgres://app:${PASSWORD}@db/shop"),
                                template(
                                        "postgres://${target:db:login}${target:db:host}:${target:db:port}/shop${target:db:query}"),
                                Optional.of(service.name() + ".DATABASE_URL"),
                                Optional.empty()))
                        .toList(),
                cost(() -> "words"),
                List.of(),
                List.of(),
                services.stream()
                        .map(service -> Finding.warning("service " + service.name(), "it has no health check"))
                        .toList(),
                List.of());
    }

    /** A plan, and how many texts of a user's are in it. */
    record Hostile(Plan plan, int texts) {}

    /** Every text that could be a user's is one that would break a page, each with a number. */
    static Hostile hostile() {
        AtomicInteger texts = new AtomicInteger();
        Supplier<String> text = () -> "hostile-" + texts.incrementAndGet() + HOSTILE;
        String service = text.get();
        String store = text.get();
        Supplier<SecretTemplate> value = () -> new SecretTemplate(text.get());
        Plan plan = of(
                text.get(),
                List.of(new PlannedMapping(text.get(), text.get(), text.get())),
                List.of(new PlannedResource(text.get(), text.get(), text.get())),
                List.of(new PlannedService(
                        service,
                        text.get(),
                        true,
                        Optional.of(80),
                        List.of(text.get(), text.get()),
                        List.of(text.get()),
                        text.get(),
                        Optional.empty(),
                        List.of(value.get()),
                        ContainerOptions.NONE,
                        256,
                        512,
                        1,
                        Optional.empty(),
                        true,
                        new PlannedAccess(List.of(), List.of(), List.of(), List.of()))),
                List.of(new PlannedJob(
                        text.get(),
                        text.get(),
                        false,
                        List.of(value.get()),
                        ContainerOptions.NONE,
                        256,
                        512,
                        Optional.of(text.get()),
                        new PlannedAccess(List.of(), List.of(), List.of(), List.of()))),
                List.of(new PlannedStore(
                        store,
                        StoreKind.OBJECTS,
                        text.get(),
                        text.get(),
                        StoreRole.CACHE,
                        Optional.of(SourceUrl.of(text.get())),
                        text.get(),
                        text.get(),
                        text.get(),
                        1,
                        2,
                        text.get(),
                        0,
                        7,
                        Map.of(),
                        StoreTarget.DEFAULT,
                        new CopyPace(2, 3, 5_000_000),
                        new BucketSettings(Map.of("CorsConfiguration", text.get())))),
                List.of(
                        new PlannedVariable(
                                service,
                                text.get(),
                                Optional.of(value.get()),
                                Optional.of(value.get()),
                                Optional.of("key"),
                                Optional.empty()),
                        new PlannedVariable(
                                service,
                                text.get(),
                                Optional.of(value.get()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(text.get()))),
                cost(text),
                List.of(new KeyFate(text.get(), text.get(), text.get())),
                List.of(new KeyFate(text.get(), text.get(), text.get())),
                List.of(Finding.warning(text.get(), text.get())),
                List.of(Finding.blocker(text.get(), text.get())));
        return new Hostile(plan, texts.get());
    }

    /** An app of nothing. */
    static Plan empty() {
        return of(
                "empty",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ExamplePlan.NO_COST,
                List.of(),
                List.of(),
                List.of(),
                List.of(Finding.blocker("app empty", "has neither a service nor a store")));
    }

    private static Cost cost(Supplier<String> text) {
        BigDecimal dollars = new BigDecimal("1284.48");
        return new Cost(
                dollars,
                "2026-06-01",
                "us-east-1",
                text.get(),
                List.of(new Cost.OfSize(Size.POC, dollars), new Cost.OfSize(Size.MEDIUM, dollars.add(BigDecimal.ONE))),
                List.of(new Cost.Line(
                        text.get(), text.get(), text.get(), new BigDecimal("0.016"), text.get(), text.get(), dollars)),
                List.of(new Cost.Saving(
                        text.get(), List.of(text.get()), 29, BigDecimal.TEN, text.get(), text.get(), text.get())),
                new RunCost(
                        BigDecimal.TWO,
                        6350,
                        List.of(new RunCost.Step(text.get(), 900, text.get())),
                        List.of(new RunCost.Line(text.get(), text.get(), text.get(), BigDecimal.TWO)),
                        List.of(text.get())),
                List.of(new Cost.NotPriced(text.get(), text.get())),
                List.of(text.get()));
    }

    static PlannedStore store(String name, StoreRole role, BucketSettings bucket) {
        return new PlannedStore(
                name,
                StoreKind.POSTGRES,
                "postgres",
                "15",
                role,
                Optional.of(SourceUrl.of("postgres://app:${PASSWORD}@127.0.0.1:5432/shop")),
                "Amazon RDS for PostgreSQL",
                "16",
                "db.t4g.micro",
                20,
                40,
                "shop",
                0,
                7,
                Map.of(),
                StoreTarget.DEFAULT,
                CopyPace.DEFAULT,
                bucket);
    }

    private static Optional<SecretTemplate> template(String text) {
        return Optional.of(new SecretTemplate(text));
    }

    @SuppressWarnings("TooManyParameters")
    private static Plan of(
            String app,
            List<PlannedMapping> mapping,
            List<PlannedResource> resources,
            List<PlannedService> services,
            List<PlannedJob> jobs,
            List<PlannedStore> stores,
            List<PlannedVariable> environment,
            Cost cost,
            List<KeyFate> kept,
            List<KeyFate> lost,
            List<Finding> warnings,
            List<Finding> blockers) {
        return ExamplePlan.of(app)
                .mapping(mapping)
                .resources(resources)
                .services(services)
                .jobs(jobs)
                .stores(stores)
                .environment(environment)
                .traffic(new PlannedTraffic(
                        Optional.of("shop.example"),
                        Optional.of("www.shop.example"),
                        List.of(50, 100),
                        300,
                        0.01,
                        Optional.of(900L),
                        Optional.empty(),
                        3))
                .cutover(new PlannedCutover(60, 600, 86_400))
                .approval("alembic upgrade head", "team@example.com")
                .cost(cost)
                .fates(kept, lost)
                .findings(warnings, blockers)
                .plan();
    }
}
