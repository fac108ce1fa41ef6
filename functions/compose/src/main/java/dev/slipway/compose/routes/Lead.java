package dev.slipway.compose.routes;

import java.util.Optional;

/**
 * Where a proxy leads the requests of a path.
 *
 * @param host empty: any
 * @param path as the load balancer's rules write it
 * @param to the host name that it is led to; empty: the proxy answers itself, with files of its own
 * @param from where it is said, e.g. {@code nginx.conf:12}
 */
public record Lead(Optional<String> host, String path, Optional<String> to, Optional<Integer> port, String from) {}
