package dev.slipway.objects.place;

import java.io.IOException;

/** An object is not the one any more that was listed. */
public final class ObjectChanged extends IOException {
    private static final long serialVersionUID = 1L;

    public ObjectChanged(Item item) {
        super(item.key() + " was changed meanwhile");
    }
}
