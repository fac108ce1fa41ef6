package dev.slipway.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedMapping;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagramTest {
    @ParameterizedTest
    @MethodSource("diagrams")
    void keepsEveryBoxInsideAndApart(Diagram diagram) {
        List<Diagram.Box> boxes = diagram.boxes();
        assertThat(boxes).isNotEmpty().allSatisfy(box -> {
            assertThat(box.x()).isPositive();
            assertThat(box.x() + box.width()).isLessThan(diagram.width());
            assertThat(box.y() + box.height()).isLessThan(diagram.height());
        });
        for (Diagram.Box one : boxes) {
            assertThat(boxes)
                    .filteredOn(other -> other.x() == one.x() && other.y() > one.y())
                    .allMatch(other -> other.y() >= one.y() + one.height());
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void leadsEachPartToWhatTakesItsPlace(Diagram diagram) {
        assertThat(diagram.links()).hasSize(diagram.boxes().size() / 2).allSatisfy(link -> {
            assertThat(diagram.boxes())
                    .filteredOn(box -> box.y() < link.y() && link.y() < box.y() + box.height())
                    .hasSize(2);
            assertThat(link.from()).isLessThan(link.to());
        });
    }

    static Stream<Diagram> diagrams() {
        return Stream.of(
                        PlanExamples.preschool(),
                        PlanExamples.ofServices(1),
                        PlanExamples.ofServices(16),
                        PlanExamples.ofServices(40),
                        PlanExamples.hostile().plan())
                .flatMap(plan ->
                        Stream.of(DiagramShape.WIDE, DiagramShape.NARROW).map(shape -> DiagramLayout.of(plan, shape)));
    }

    @Test
    void saysInWordsWhatItShows() {
        assertThat(DiagramLayout.of(PlanExamples.preschool(), DiagramShape.WIDE).description())
                .contains(
                        "auth-service (crp/auth-service:1.4.0) becomes auth-service (1 × 0.25 vCPU, 512 MB, /auth/*).",
                        "postgres (postgres 15) becomes Amazon RDS for PostgreSQL 15 (db.t4g.micro, 20 GB).",
                        "media (folder) becomes Amazon S3.",
                        "Prometheus (prometheus) becomes Amazon Managed Service for Prometheus.");
    }

    @Test
    void showsWhatStaysAndWhatTakesThePlaceOfTheOthers() {
        Plan shop = PlanExamples.ofServices(1);
        Plan plan = ExamplePlan.of(shop.app())
                .mapping(List.of(
                        new PlannedMapping("PostgreSQL (old)", "stays", ""),
                        new PlannedMapping("Grafana", "Amazon Managed Grafana", "")))
                .services(shop.services())
                .stores(List.of(PlanExamples.store("old", StoreRole.LEAVE, BucketSettings.NONE)))
                .environment(shop.environment())
                .traffic(shop.traffic())
                .plan();
        assertThat(MoveGroup.of(plan))
                .extracting(MoveGroup::title)
                .containsExactly("Requests", "Services", "Stores", "Around them");
        assertThat(DiagramLayout.of(plan, DiagramShape.NARROW).description())
                .contains("old: stays where it is.", "Grafana becomes Amazon Managed Grafana.")
                .doesNotContain("PostgreSQL (old)");
    }

    @Test
    void shortensWhatHasNoRoom() {
        assertThat(DiagramShape.WIDE.fitted("web", 13, 100)).isEqualTo("web");
        assertThat(DiagramShape.WIDE.fitted("communication-service", 13, 60))
                .startsWith("comm")
                .endsWith("…");
        assertThat(DiagramShape.WIDE.fitted("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 13, 30))
                .isEqualTo("\uD83D\uDE00…");
    }
}
