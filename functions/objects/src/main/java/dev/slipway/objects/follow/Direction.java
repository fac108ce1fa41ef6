package dev.slipway.objects.follow;

/** Which way changes go between a source and its target. */
enum Direction {
    /** To the target. */
    FORTH,
    /** To the source, after a cutover. */
    BACK
}
