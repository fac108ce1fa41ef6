package dev.slipway.objects.manifest;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.exception.StaleAttempt;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose copy the notes are: whoever has claimed them last. All others find that out before they begin or note the next segment, and
 * end. Workers of shards join a claim and leave each other alone; of one shard only the last worker goes on.
 */
public final class Claim {
    private static final String WHOLE = "claim.json";

    private final CopyNotes notes;
    private final String what;
    private final String id;
    private final Optional<Worker> worker;
    private final Shared held = new Shared(this::requireHeldNow);

    private Claim(CopyNotes notes, String what, String id, Optional<Worker> worker) {
        this.notes = notes;
        this.what = what;
        this.id = id;
        this.worker = worker;
    }

    /**
     * What is written down.
     *
     * @param app whose migration copies; empty by hand
     * @param id another one for each claim
     */
    record Holder(String app, int attempt, String id) {}

    /** Who copies a shard, under another name each time. */
    record Worker(String shard, String id) {
        private String file() {
            return "claim-" + shard + ".json";
        }
    }

    /**
     * Makes the copy the caller's.
     *
     * @param what is tried, for the message
     * @throws StaleAttempt if a later attempt copies
     */
    public static Claim take(CopyNotes notes, Optional<FenceToken> fence, String what) {
        String app = fence.map(FenceToken::app).orElse("");
        int attempt = fence.map(FenceToken::attempt).orElse(0);
        Optional<Holder> former = find(notes, WHOLE, Holder.class);
        if (former.filter(theirs -> theirs.app.equals(app) && theirs.attempt > attempt)
                .isPresent()) {
            throw new StaleAttempt(
                    what, "attempt " + former.get().attempt + " copies to the target now", "leave it to that attempt");
        }
        Holder ours = new Holder(app, attempt, UUID.randomUUID().toString());
        write(notes, WHOLE, ours);
        return new Claim(notes, what, ours.id, Optional.empty());
    }

    /**
     * Takes part in another's claim, as the only worker of a shard.
     *
     * @throws StaleAttempt if somebody has claimed the copy since
     */
    public static Claim join(CopyNotes notes, String id, String shard, String what) {
        Worker worker = new Worker(shard, UUID.randomUUID().toString());
        requireHeld(notes, id, what);
        write(notes, worker.file(), worker);
        return new Claim(notes, what, id, Optional.of(worker));
    }

    /** Under which others may join. */
    public String id() {
        return id;
    }

    /**
     * To be called before anything is changed, and before it is noted.
     *
     * @throws StaleAttempt if another copy has claimed the notes since, or another worker copies the shard
     */
    public void require() {
        held.ask();
    }

    private void requireHeldNow() {
        requireHeld(notes, id, what);
        worker.ifPresent(ours -> {
            if (!find(notes, ours.file(), Worker.class).equals(worker)) {
                throw stale(what, "another worker copies the shard by now");
            }
        });
    }

    private static void requireHeld(CopyNotes notes, String id, String what) {
        if (find(notes, WHOLE, Holder.class)
                .filter(holder -> holder.id.equals(id))
                .isEmpty()) {
            throw stale(what, "another worker or attempt has claimed the copy since");
        }
    }

    private static StaleAttempt stale(String what, String why) {
        return new StaleAttempt(what, why, "leave it to that one");
    }

    private static <T> Optional<T> find(CopyNotes notes, String name, Class<T> type) {
        return new JsonArtifacts(notes.artifacts()).find(notes.key(name), type);
    }

    private static void write(CopyNotes notes, String name, Object document) {
        new JsonArtifacts(notes.artifacts()).write(notes.key(name), document);
    }
}
