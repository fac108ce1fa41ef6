package dev.slipway.local.router;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Where a request goes. */
sealed interface Destination {
    /** A process that listens. */
    record Server(InetSocketAddress address, Side side) implements Destination {}

    /** Nowhere: the router answers itself, for a load balancer or because the name leads nowhere. */
    record Answer(int status, String body, Optional<Side> side) implements Destination {
        static Answer badGateway(String why) {
            return new Answer(502, why, Optional.empty());
        }
    }
}
