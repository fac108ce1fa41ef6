package dev.slipway.objects.place;

import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.session.WireRefusal;
import java.io.IOException;

/** A store does not give an object, or its tags, that it lists. */
public final class ReadRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String key;
    private final String right;
    private final WireRefusal refusal;

    ReadRefused(Bucket place, String key, String right, WireRefusal refusal) {
        super(refusal.getMessage(), refusal);
        this.place = place.name();
        this.key = key;
        this.right = right;
        this.refusal = refusal;
    }

    public int status() {
        return refusal.status();
    }

    /** Its status and code in words. */
    public String answer() {
        return refusal.answer();
    }

    /** @param goesOn what becomes of what was done so far, after what to do */
    public StoreUnreachable inWords(String goesOn) {
        return new StoreUnreachable(
                "read '" + key + "' of " + place, answer(), Refusal.remedy(refusal, right) + goesOn, this);
    }
}
