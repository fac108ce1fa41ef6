package dev.slipway.local.router;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What people want of a preschool: one in ten writes a message.
 *
 * @param services the services' names, which begin the paths
 * @param parents how many parents can be asked for, from 1
 * @param media names of files that are there
 */
public record PreschoolVisit(List<String> services, long parents, List<String> media) implements Wishes {
    private static final int WRITES_IN = 10;
    private static final int MEDIA_IN = 5;

    public PreschoolVisit {
        services = List.copyOf(services);
        media = List.copyOf(media);
    }

    @Override
    public Wish draw(RandomGenerator random) {
        String service = "/" + services.get(random.nextInt(services.size()));
        if (random.nextInt(WRITES_IN) == 0) {
            return Wish.write(service + "/messages", "written by visitor " + random.nextInt(1_000));
        }
        if (random.nextInt(MEDIA_IN) == 0 && !media.isEmpty()) {
            String name = media.get(random.nextInt(media.size()));
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            return Wish.read(service + "/media/" + encoded);
        }
        return Wish.read(service + "/parents/" + random.nextLong(1, parents + 1));
    }
}
