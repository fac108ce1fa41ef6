package dev.slipway.local.router;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What people want of SmartBoard: each of its services, some through the gateway and some on a page of the web, and one in six writes.
 *
 * @param users how many there are, from 1; so the others
 */
public record BoardVisit(long users, long tenants, long datasets, long dashboards) implements Wishes {
    private static final int WRITES_IN = 6;
    private static final int PAGES_IN = 3;

    private static final List<String> WRITTEN = List.of(
            "/auth/sessions",
            "/tenants/invitations",
            "/datasets/datasets",
            "/analytics/events",
            "/analytics/events",
            "/dashboards/dashboards",
            "/realtime/events");

    @Override
    public Wish draw(RandomGenerator random) {
        String way = random.nextInt(PAGES_IN) == 0 ? "" : "/api";
        return random.nextInt(WRITES_IN) == 0
                ? Wish.write(
                        way + WRITTEN.get(random.nextInt(WRITTEN.size())),
                        "written by visitor " + random.nextInt(1_000))
                : Wish.read(way + read(random));
    }

    private String read(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> "/auth/users/" + any(users, random);
            case 1 -> "/tenants/tenants/" + any(tenants, random);
            case 2 -> "/datasets/datasets/" + any(datasets, random);
            case 3 -> "/analytics/results/" + any(datasets, random);
            case 4 -> "/dashboards/dashboards/" + any(dashboards, random);
            default -> "/realtime/stream";
        };
    }

    private static long any(long number, RandomGenerator random) {
        return random.nextLong(1, number + 1);
    }
}
