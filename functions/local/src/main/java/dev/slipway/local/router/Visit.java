package dev.slipway.local.router;

/**
 * Whom the visitors visit, and how often.
 *
 * @param host the app's public name
 * @param perSecond requests each second
 * @param wishes what they want there
 */
public record Visit(String host, int perSecond, Wishes wishes) {}
