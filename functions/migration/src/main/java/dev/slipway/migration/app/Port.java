package dev.slipway.migration.app;

import java.util.Optional;

/**
 * A port of a service.
 *
 * @param container the port that the service listens on
 * @param published the port on the host, where it is published
 * @param protocol {@code tcp} or {@code udp}
 */
public record Port(int container, Optional<Integer> published, String protocol) {}
