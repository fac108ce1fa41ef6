package dev.slipway.local.router;

import java.net.InetSocketAddress;

/** One service of the server that the app comes from, and the beginning of the paths that its proxy sends there. */
public record OldServer(String prefix, InetSocketAddress address) {}
