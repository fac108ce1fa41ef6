package dev.slipway.migration.plan;

import dev.slipway.migration.app.SourceUrl;
import java.util.Map;
import java.util.TreeMap;

/** Where a store of the target is, once it is made: the values behind the plan's {@code ${target:…}} references. */
public sealed interface TargetEndpoint {
    /** The plan's name of the store. */
    String store();

    /** The values by what the plan calls them, e.g. {@code target:postgres:host}; some are secret. */
    default Map<String, String> values() {
        Map<String, String> named = new TreeMap<>();
        parts().forEach((part, value) -> named.put("target:" + store() + ":" + part, value));
        return named;
    }

    /** The same without their prefix. */
    Map<String, String> parts();

    /**
     * A database or cache. {@code login} is the part of a URL before the host, {@code query} and {@code more} are the query with
     * the mark that joins it to a URL without or with a query of its own.
     *
     * @param scheme {@code postgres}, {@code redis}, or {@code rediss} where the connection is encrypted
     * @param user empty for Redis' default user
     * @param password empty where none is needed
     * @param database the database's name or number
     * @param query what stands behind the question mark of the URL, e.g. {@code sslmode=require}; may be empty
     */
    record Server(
            String store,
            String scheme,
            String host,
            int port,
            String user,
            String password,
            String database,
            String query)
            implements TargetEndpoint {
        @Override
        public Map<String, String> parts() {
            return Map.of(
                    "url",
                    url(),
                    "scheme",
                    scheme,
                    "host",
                    host,
                    "port",
                    Integer.toString(port),
                    "user",
                    user,
                    "password",
                    password,
                    "database",
                    database,
                    "login",
                    login(),
                    "query",
                    query.isEmpty() ? "" : "?" + query,
                    "more",
                    query.isEmpty() ? "" : "&" + query);
        }

        private String url() {
            String end = query.isEmpty() ? "" : "?" + query;
            return scheme + "://" + login() + host + ":" + port + "/" + database + end;
        }

        private String login() {
            return password.isEmpty() && user.isEmpty()
                    ? ""
                    : SourceUrl.encode(user) + (password.isEmpty() ? "" : ":" + SourceUrl.encode(password)) + "@";
        }

        @Override
        public String toString() {
            return "Server[" + store + " at " + host + ":" + port + "]";
        }
    }

    /** A bucket. Its {@code host} is S3's own of the region, which takes the bucket's name as the first part of the path. */
    record Bucket(String store, String bucket, String region) implements TargetEndpoint {
        @Override
        public Map<String, String> parts() {
            return Map.of("url", "s3://" + bucket, "bucket", bucket, "region", region, "host", host());
        }

        /** https://docs.aws.amazon.com/general/latest/gr/s3.html */
        private String host() {
            return "s3." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : "");
        }
    }
}
