package dev.slipway.postgres.copy;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pieces of work in their order; some become possible only when others are done, and are then the next ones. */
public final class Backlog<T> {
    private final Deque<T> ready;
    private final Function<T, List<T>> followers;
    private int underWay;
    private boolean broken;

    /** @param followers what a piece has made possible, asked once when it is done, by one thread at a time */
    public Backlog(Collection<T> ready, Function<T, List<T>> followers) {
        this.ready = new ArrayDeque<>(ready);
        this.followers = followers;
    }

    /** Waits as long as others may still make something possible; null when there is no more. */
    synchronized @Nullable T next() throws InterruptedException {
        while (ready.isEmpty() && underWay > 0 && !broken) {
            wait();
        }
        if (ready.isEmpty() || broken) {
            return null;
        }
        underWay++;
        return ready.poll();
    }

    synchronized void done(T piece) {
        underWay--;
        followers.apply(piece).reversed().forEach(ready::addFirst);
        notifyAll();
    }

    /** No piece is given out any more. */
    synchronized void giveUp() {
        broken = true;
        notifyAll();
    }
}
