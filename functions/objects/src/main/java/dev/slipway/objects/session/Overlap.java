package dev.slipway.objects.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Two prefixes of one bucket, of which one lies in the other: whoever wrote to one would write to both. */
public final class Overlap {
    private Overlap() {}

    /** @throws InvalidInput if both are buckets' and overlap, or one is no URL of a bucket */
    public static void forbid(String verb, StoreUrl source, StoreUrl target) {
        UrlTerms.require(source);
        UrlTerms.require(target);
        if (source.scheme().equals("s3")
                && target.scheme().equals("s3")
                && UrlTerms.bucket(source).equals(UrlTerms.bucket(target))
                && isIn(source, target)
                && isOneStore(source.parameter("endpoint"), target.parameter("endpoint"))) {
            throw new InvalidInput(
                    verb + " " + source + " to " + target,
                    "they overlap in one bucket",
                    "name another bucket, or prefixes of which none lies in the other");
        }
    }

    private static boolean isIn(StoreUrl one, StoreUrl other) {
        String first = prefix(one);
        String second = prefix(other);
        return first.startsWith(second) || second.startsWith(first);
    }

    private static String prefix(StoreUrl url) {
        return url.path().isEmpty() || url.path().endsWith("/") ? url.path() : url.path() + "/";
    }

    /** A bucket's name is one among all of Amazon's. Elsewhere a server may have several names. */
    private static boolean isOneStore(Optional<String> one, Optional<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        URI first = URI.create(one.get());
        URI second = URI.create(other.get());
        return port(first) == port(second)
                && (first.getHost().equalsIgnoreCase(second.getHost())
                        || !Collections.disjoint(addresses(first.getHost()), addresses(second.getHost())));
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() > 0
                ? endpoint.getPort()
                : endpoint.getScheme().equals("https") ? 443 : 80;
    }

    private static Set<InetAddress> addresses(String host) {
        try {
            return Set.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return Set.of();
        }
    }
}
