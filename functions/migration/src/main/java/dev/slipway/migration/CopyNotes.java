package dev.slipway.migration;

/** What copies of one pair of stores remember: artifacts below a prefix that nothing else uses. */
public record CopyNotes(Artifacts artifacts, String prefix) {
    /** The artifact's key of what is called so below the prefix. */
    public String key(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }
}
