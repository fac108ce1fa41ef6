package dev.slipway.local.router;

import java.util.List;

/**
 * Whom the visitors visit, and how often.
 *
 * @param host the app's public name
 * @param perSecond requests each second
 * @param services the services' names, which begin the paths
 * @param parents how many parents can be asked for, from 1
 * @param media names of files that are there
 */
public record Visit(String host, int perSecond, List<String> services, long parents, List<String> media) {
    public Visit {
        services = List.copyOf(services);
        media = List.copyOf(media);
    }
}
