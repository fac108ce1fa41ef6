package dev.slipway.local.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is at work now. */
final class Board {
    private final Map<String, Active> states = new LinkedHashMap<>();
    private Set<String> planned = Set.of();
    private int widest;

    void enter(Event.Entered entered) {
        states.put(entered.state(), new Active(entered.at(), entered.tries(), new LinkedHashMap<>()));
    }

    /** The state, which is no longer at work; empty if it was not. */
    Optional<Active> exit(String state) {
        return Optional.ofNullable(states.remove(state));
    }

    void plan(Set<String> stores) {
        planned = stores;
    }

    /** Of the state: as long as its slowest store; empty where of one of them it cannot be told. */
    Optional<Duration> left(Active active, Instant now) {
        List<Meter> moving = active.stores().stream().filter(it -> !it.isDone()).toList();
        List<Duration> left =
                moving.stream().flatMap(it -> it.left(now).stream()).toList();
        boolean allMoved = !planned.isEmpty() && active.meters().keySet().containsAll(planned);
        return allMoved && left.size() == moving.size()
                ? left.stream().max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** Whether the store was known to be as far already. */
    boolean isReached(Event.Moved moved) {
        return Optional.ofNullable(states.get(moved.state()))
                .flatMap(active -> Optional.ofNullable(active.meters.get(moved.store())))
                .filter(meter -> meter.amount().equals(moved.amount()))
                .isPresent();
    }

    Meter move(Event.Moved moved) {
        widest = Math.max(widest, moved.store().length());
        Active active =
                states.computeIfAbsent(moved.state(), state -> new Active(moved.at(), 1, new LinkedHashMap<>()));
        Meter meter = active.meters.computeIfAbsent(moved.store(), store -> new Meter(moved));
        meter.move(moved.at(), moved.amount());
        return meter;
    }

    Map<String, Active> states() {
        return states;
    }

    /** The length of the longest store's name so far. */
    int widest() {
        return widest;
    }

    /** A state at work, and how far its stores are. */
    record Active(Instant entered, int tries, Map<String, Meter> meters) {
        Duration lasted(Instant now) {
            return Duration.between(entered, now);
        }

        List<Meter> stores() {
            return List.copyOf(meters.values());
        }
    }
}
