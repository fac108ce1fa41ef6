package dev.slipway.local.demo;

import dev.slipway.migration.StoreUrl;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names by which services find each other in the old server's Docker network. This process is in no such network, so that what an
 * environment says by a name and a port is led to where it listens here.
 *
 * @param ports the ports on 127.0.0.1 by {@code name:port}
 */
record DockerNetwork(Map<String, Integer> ports) {
    private static final String HERE = "127.0.0.1";
    private static final String PORT = "PORT";
    private static final String PORT_OF = "_PORT";
    private static final String HOST_OF = "_ENDPOINT";

    DockerNetwork {
        ports = Map.copyOf(ports);
    }

    /** With the stores in it, under the names and ports of the compose file. */
    static DockerNetwork of(DemoSource source) {
        return new DockerNetwork(Map.of(
                "postgres:5432", source.postgresUrl().port(0),
                "redis:6379", source.redisUrl().port(0),
                "minio:9000", portOf(source.objects().url())));
    }

    private static int portOf(StoreUrl bucket) {
        return URI.create(bucket.parameter("endpoint").orElseThrow()).getPort();
    }

    /** With one service more, which is to listen on that port. */
    DockerNetwork with(String service, Map<String, String> environment, int port) {
        Map<String, Integer> all = new HashMap<>(ports);
        all.put(service + ":" + environment.get(PORT), port);
        return new DockerNetwork(all);
    }

    /** The environment of a service as it is to be here. */
    Map<String, String> led(String service, Map<String, String> environment) {
        Map<String, String> led = new HashMap<>();
        environment.forEach((name, value) -> led.put(name, inText(value)));
        environment.forEach((name, value) -> leadPair(led, environment, name));
        led.put("HOST", HERE);
        led.put(PORT, Integer.toString(ports.getOrDefault(service + ":" + environment.get(PORT), 0)));
        return led;
    }

    private String inText(String value) {
        String led = value;
        for (Map.Entry<String, Integer> each : ports.entrySet()) {
            led = led.replaceAll("(?<=[/@])" + Pattern.quote(each.getKey()) + "\\b", HERE + ":" + each.getValue());
        }
        return led;
    }

    /** A name and a port that stand in variables of their own. */
    private void leadPair(Map<String, String> led, Map<String, String> environment, String name) {
        if (name.endsWith(HOST_OF)) {
            String ofPort = name.substring(0, name.length() - HOST_OF.length()) + PORT_OF;
            Integer port = ports.get(environment.get(name) + ":" + environment.get(ofPort));
            if (port != null) {
                led.put(name, HERE);
                led.put(ofPort, port.toString());
            }
        }
    }
}
