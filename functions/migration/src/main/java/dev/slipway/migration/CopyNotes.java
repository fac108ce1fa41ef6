package dev.slipway.migration;

/** What copies of one pair of stores remember: artifacts below a prefix that nothing else uses. */
public record CopyNotes(Artifacts artifacts, String prefix) {}
