package dev.slipway.local.router;

/** Which side of a migration answers a request. */
public sealed interface Side {
    /** The server that the app comes from. */
    record Old() implements Side {}

    /** A load balancer of the account: {@code app/<name>/<id>}, as CloudWatch writes it. */
    record Balanced(String loadBalancer) implements Side {}

    /** As the router tells its clients in {@code X-Routed-To}. */
    default String label() {
        return switch (this) {
            case Old old -> "old";
            case Balanced balanced -> balanced.loadBalancer();
        };
    }
}
