package dev.slipway.migration.app;

import java.util.Optional;

/**
 * Which requests a proxy or an ingress leads to which service.
 *
 * @param host empty: any
 * @param path as the load balancer's rules write it: {@code /*} or {@code /api/*}
 * @param port of the service; empty: its first
 * @param from where it is said, e.g. {@code nginx.conf:12} or {@code labels of service web}
 */
public record Route(Optional<String> host, String path, String service, Optional<Integer> port, String from) {}
