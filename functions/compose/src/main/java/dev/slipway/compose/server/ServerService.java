package dev.slipway.compose.server;

import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process of a server.
 *
 * @param product what it is, by the name of its image on Docker Hub
 * @param version of the product
 * @param image what runs in its place on the target
 * @param ports on which the server is asked for it
 * @param config the file of a proxy, from which its routes are read
 * @param health the path that says whether it is well
 * @param crontab when it runs, if not always
 * @param folders in which it keeps files
 */
public record ServerService(
        String name,
        Optional<String> product,
        Optional<String> version,
        Optional<String> image,
        List<SecretTemplate> command,
        List<Integer> ports,
        Map<String, SecretTemplate> environment,
        Optional<Double> cpus,
        Optional<Long> memoryBytes,
        int processes,
        Optional<String> health,
        Optional<String> crontab,
        Optional<String> config,
        List<String> folders,
        List<Route> routes,
        List<String> keys,
        Position at) {
    public ServerService {
        command = List.copyOf(command);
        ports = List.copyOf(ports);
        environment = Map.copyOf(environment);
        folders = List.copyOf(folders);
        routes = List.copyOf(routes);
        keys = List.copyOf(keys);
    }
}
