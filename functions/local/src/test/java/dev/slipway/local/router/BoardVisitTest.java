package dev.slipway.local.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoardVisitTest {
    private static final List<String> SERVICES =
            List.of("auth", "tenants", "datasets", "analytics", "dashboards", "realtime");

    private final List<Wishes.Wish> wishes = draw(new BoardVisit(9, 2, 5, 4), 2_000);

    @Test
    void readsFromAndWritesToEachServiceByTheGatewayAndByTheWeb() {
        for (String service : SERVICES) {
            for (String way : List.of("/api/", "/")) {
                assertThat(wishes)
                        .as(way + service)
                        .anyMatch(wish ->
                                isAt(wish, way + service) && wish.written().isEmpty());
                assertThat(wishes)
                        .as(way + service)
                        .anyMatch(wish ->
                                isAt(wish, way + service) && wish.written().isPresent());
            }
        }
    }

    @Test
    void asksForRowsThatAreThereOnly() {
        assertThat(wishes)
                .filteredOn(wish -> wish.path().contains("/tenants/tenants/"))
                .extracting(wish -> wish.path().substring(wish.path().lastIndexOf('/') + 1))
                .containsOnly("1", "2");
    }

    private static boolean isAt(Wishes.Wish wish, String beginning) {
        return wish.path().startsWith(beginning + "/");
    }

    private static List<Wishes.Wish> draw(Wishes visit, int number) {
        SplittableRandom random = new SplittableRandom(7);
        return Stream.generate(() -> visit.draw(random)).limit(number).toList();
    }
}
