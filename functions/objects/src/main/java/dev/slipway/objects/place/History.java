package dev.slipway.objects.place;

import java.util.List;

/** All versions of one key, the oldest first. */
public record History(String key, List<Version> versions) implements Keyed {
    public History {
        versions = List.copyOf(versions);
    }

    /**
     * One of them.
     *
     * @param item its stamp is the version's id
     * @param deleted whether it says that the object was deleted
     */
    public record Version(Item item, boolean deleted) {}
}
