package dev.slipway.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.slipway.migration.exception.SlipwayException;

/** Which module may know which. The modules that a build of one alone would not stop are named here. */
@AnalyzeClasses(
        packages = "dev.slipway",
        importOptions = {ImportOption.DoNotIncludeTests.class, DependenciesTest.NoTestsOfOthers.class})
class DependenciesTest {
    /** ArchUnit knows folders of tests, not the jars in which modules lend theirs. */
    static final class NoTestsOfOthers implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] DRIVERS = {
        "software.amazon..", "com.amazonaws..", "org.postgresql..", "io.lettuce..", "com.sun.net.httpserver.."
    };

    @ArchTest
    static final ArchRule MIGRATION_KNOWS_NO_OTHER_MODULE = knowsOnly("migration");

    @ArchTest
    static final ArchRule MIGRATION_KNOWS_NO_DRIVER = noDriver("migration");

    @ArchTest
    static final ArchRule COMPOSE_KNOWS_THE_MIGRATION_ONLY = knowsOnly("compose", "migration");

    @ArchTest
    static final ArchRule PLANNING_KNOWS_THE_MIGRATION_ONLY = knowsOnly("planning", "migration");

    @ArchTest
    static final ArchRule BLUEPRINTS_KNOW_THE_MIGRATION_ONLY = knowsOnly("blueprints", "migration");

    @ArchTest
    static final ArchRule THE_REPORT_KNOWS_THE_MIGRATION_ONLY = knowsOnly("report", "migration");

    @ArchTest
    static final ArchRule NO_PURE_MODULE_KNOWS_A_DRIVER = noClasses()
            .that()
            .resideInAnyPackage(in("compose"), in("planning"), in("blueprints"), in("report"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DRIVERS);

    @ArchTest
    static final ArchRule POSTGRES_KNOWS_THE_MIGRATION_ONLY = knowsOnly("postgres", "migration");

    @ArchTest
    static final ArchRule THE_PACKAGES_OF_POSTGRES_HAVE_AN_ORDER =
            slices().matching("dev.slipway.postgres.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule OTHERS_KNOW_POSTGRES_BY_ITS_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage(in("postgres"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.postgres.[access|compare|copy|fence|inspect|repair|schema|shards|snapshot|table]..");

    @ArchTest
    static final ArchRule REDIS_KNOWS_THE_MIGRATION_ONLY = knowsOnly("redis", "migration");

    @ArchTest
    static final ArchRule THE_PACKAGES_OF_REDIS_HAVE_AN_ORDER =
            slices().matching("dev.slipway.redis.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule OTHERS_KNOW_REDIS_BY_ITS_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage(in("redis"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.redis.*..");

    @ArchTest
    static final ArchRule OBJECTS_KNOW_THE_MIGRATION_ONLY = knowsOnly("objects", "migration");

    @ArchTest
    static final ArchRule THE_PACKAGES_OF_OBJECTS_HAVE_AN_ORDER =
            slices().matching("dev.slipway.objects.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule OTHERS_KNOW_OBJECTS_BY_THEIR_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage(in("objects"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.objects.*..");

    @ArchTest
    static final ArchRule THE_ACCOUNT_KNOWS_THE_MIGRATION_ONLY = knowsOnly("account", "migration");

    @ArchTest
    static final ArchRule KUBERNETES_KNOWS_THE_MIGRATION_ONLY = knowsOnly("kubernetes", "migration");

    @ArchTest
    static final ArchRule ONLY_KUBERNETES_KNOWS_THE_CLIENT_OF_CLUSTERS = noClasses()
            .that()
            .resideOutsideOfPackage(in("kubernetes"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.kubernetes.client..");

    @ArchTest
    static final ArchRule STEPS_KNOW_NO_ENGINE = knowsOnly(
                    "steps", "migration", "account", "blueprints", "compose", "kubernetes", "planning", "report")
            .because("what needs an engine is a worker's: a function ends after 15 minutes");

    @ArchTest
    static final ArchRule THE_WORKER_KNOWS_NO_STEP = knowsOnly(
            "worker",
            "migration",
            "account",
            "blueprints",
            "compose",
            "kubernetes",
            "planning",
            "postgres",
            "redis",
            "report",
            "objects");

    @ArchTest
    static final ArchRule NOTHING_THAT_IS_DEPLOYED_KNOWS_THE_LOCAL_RUN = noClasses()
            .that(not(resideInAnyPackage(in("local"), in("servers"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(in("local"), in("servers"));

    @ArchTest
    static final ArchRule ONLY_SETTINGS_READ_THE_ENVIRONMENT = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Settings")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule EXCEPTIONS_ARE_FINAL = classes()
            .that()
            .areAssignableTo(SlipwayException.class)
            .and()
            .doNotHaveFullyQualifiedName(SlipwayException.class.getName())
            .and()
            .resideOutsideOfPackage(in("local"))
            .should()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .resideInAPackage("dev.slipway.migration.exception")
            .because("Lambda reports the class as the error's name, and the machines catch it by that");

    private static ArchRule knowsOnly(String module, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = in(module);
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = in(others[i]);
        }
        return noClasses()
                .that()
                .resideInAPackage(in(module))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.slipway..").and(not(resideInAnyPackage(allowed))));
    }

    private static ArchRule noDriver(String module) {
        return noClasses()
                .that()
                .resideInAPackage(in(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DRIVERS);
    }

    private static String in(String module) {
        return "dev.slipway." + module + "..";
    }
}
