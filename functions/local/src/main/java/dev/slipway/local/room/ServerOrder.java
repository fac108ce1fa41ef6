package dev.slipway.local.room;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.exception.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the account asks for: a server behind the host name that it has given to a resource. */
public record ServerOrder(
        Kind kind,
        String name,
        String host,
        int port,
        String user,
        String password,
        String database,
        List<User> users) {

    /** Which server. */
    public enum Kind {
        POSTGRES,
        REDIS
    }

    /** A user as ElastiCache describes it; an empty password stands for none. */
    public record User(String name, String password, String accessString) {
        static User read(JsonNode json) {
            return new User(
                    text(json, "user"),
                    json.path("password").asText(),
                    json.path("accessString").asText("on ~* +@all"));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return name + " " + accessString;
        }
    }

    public ServerOrder {
        users = List.copyOf(users);
    }

    /** @throws InvalidInput if a field that is needed is missing */
    static ServerOrder read(JsonNode json) {
        Kind kind = kind(text(json, "kind"));
        return new ServerOrder(
                kind,
                text(json, "name"),
                text(json, "host"),
                json.path("port").asInt(kind == Kind.POSTGRES ? 5432 : 6379),
                json.path("user").asText(kind == Kind.POSTGRES ? "postgres" : "default"),
                json.path("password").asText(),
                json.path("database").asText("postgres"),
                StreamSupport.stream(json.path("users").spliterator(), false)
                        .map(User::read)
                        .toList());
    }

    /** With that user in the place of the one of its name. */
    ServerOrder with(User user) {
        List<User> all = new ArrayList<>(users.stream()
                .filter(other -> !other.name().equals(user.name()))
                .toList());
        all.add(user);
        return new ServerOrder(kind, name, host, port, this.user, password, database, all);
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return kind + " " + name + " at " + host + ":" + port;
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "postgres" -> Kind.POSTGRES;
            case "redis" -> Kind.REDIS;
            default -> throw invalid("kind", "'" + text + "' is neither postgres nor redis");
        };
    }

    private static String text(JsonNode json, String field) {
        String text = json.path(field).asText();
        if (text.isEmpty()) {
            throw invalid(field, "it is missing");
        }
        return text;
    }

    private static InvalidInput invalid(String field, String why) {
        return new InvalidInput("read the field '" + field + "' of a server", why, "send it as the brief describes");
    }
}
