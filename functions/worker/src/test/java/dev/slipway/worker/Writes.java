package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What clients were told of their writes: an acknowledged one has to be there once, an unanswered one once or not at all. */
final class Writes {
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final List<Integer> sidesByTurn = new CopyOnWriteArrayList<>();

    void acknowledge(String write) {
        acknowledged.add(write);
    }

    void leaveOpen(String write) {
        unanswered.add(write);
    }

    int count() {
        return acknowledged.size();
    }

    int open() {
        return unanswered.size();
    }

    /** Of one client that tries both sides all the while: on which one it was taken. */
    void sample(int side) {
        if (sidesByTurn.isEmpty() || sidesByTurn.getLast() != side) {
            sidesByTurn.add(side);
        }
    }

    void forgetSides() {
        sidesByTurn.clear();
    }

    /** How often the other side took the writes from then on. Of two writers that is as often as they are asked. */
    int switches() {
        return Math.max(0, sidesByTurn.size() - 1);
    }

    /** @param found on the writer, in any order, with those that are there twice */
    void assertHeld(String store, Collection<String> found) {
        Set<String> once = new HashSet<>(found);
        assertThat(found).as("%s: nothing is there twice", store).hasSameSizeAs(once);
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(once);
        assertThat(lost).as("%s: acknowledged and not there", store).isEmpty();
        once.removeAll(acknowledged);
        once.removeAll(unanswered);
        assertThat(once).as("%s: there and refused", store).isEmpty();
    }
}
