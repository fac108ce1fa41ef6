package dev.slipway.migration;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The accord of stores that turn together. Once all of them may open, nothing undoes that. */
final class SharedAccord {
    private final int stores;
    private final Duration longest;
    private final Set<Object> first;
    private final Set<Object> ready = new HashSet<>();
    private final Set<Object> fenced = new HashSet<>();
    private final Set<Object> proved = new HashSet<>();
    private Optional<String> refusal = Optional.empty();
    private final Pause pause;

    /**
     * @param first those that are fenced before the others
     * @param longest that stores are closed until all may open
     */
    SharedAccord(int stores, Set<?> first, Duration longest) {
        this.stores = stores;
        this.first = Set.copyOf(first);
        this.longest = longest;
        this.pause = new Pause(longest);
    }

    /** @param progress is told when the store is proved, which is when it waits for the others */
    Accord of(Object store, Progress progress) {
        return new Accord() {
            private boolean told;

            @Override
            public boolean mayFence() {
                return allReady(store);
            }

            @Override
            public void fenced() {
                hasFenced(store);
            }

            @Override
            public boolean othersFenced() {
                return allFenced();
            }

            @Override
            public boolean mayOpen() {
                if (!told) {
                    told = true;
                    progress.say("proved");
                }
                return allProved(store);
            }
        };
    }

    /** The store has turned before: nobody waits for it. */
    synchronized void passes(Object store) {
        ready.add(store);
        fenced.add(store);
        proved.add(store);
    }

    /** The store does not turn, and so none does. Means nothing where all may open already. */
    synchronized void refuse(String reason) {
        if (refusal.isEmpty() && proved.size() < stores) {
            refusal = Optional.of(reason);
        }
    }

    private synchronized boolean allReady(Object store) {
        demandNoRefusal();
        ready.add(store);
        if (ready.size() < stores) {
            return false;
        }
        pause.begin();
        return true;
    }

    private synchronized void hasFenced(Object store) {
        fenced.add(store);
    }

    private synchronized boolean allFenced() {
        demandNoRefusal();
        return fenced.containsAll(first);
    }

    private synchronized boolean allProved(Object store) {
        if (proved.size() == stores) {
            return true;
        }
        demandNoRefusal();
        if (pause.isTooLong()) {
            refuse("not every store was proved within " + longest.toSeconds() + " s");
            demandNoRefusal();
        }
        // A turn that goes on with one which was ended is fenced already.
        ready.add(store);
        fenced.add(store);
        proved.add(store);
        return proved.size() == stores;
    }

    private void demandNoRefusal() {
        refusal.ifPresent(reason -> {
            throw new Accord.NoAccord(reason);
        });
    }
}
