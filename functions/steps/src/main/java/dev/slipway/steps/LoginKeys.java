package dev.slipway.steps;

import dev.slipway.account.FlatSecrets;
import dev.slipway.blueprints.TargetEndpoints;
import dev.slipway.migration.AppLogin;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of the app's secret by which it logs in to databases with two logins. Only user and password in them are ever changed: the
 * rest may have been written by hand since the target was made.
 */
record LoginKeys(Plan plan, TargetOutputs target, FlatSecrets secrets) {
    /** Parts of an endpoint in which user and password stand as in a URL. */
    private static final Set<String> OF_A_URL = Set.of("url", "login");

    private static final Set<String> OF_A_LOGIN = Set.of("url", "login", "user", "password");

    /**
     * The login that the keys have, 1 or 2.
     *
     * @throws InvalidInput if they have neither, or both
     */
    int current() {
        Map<String, String> content = secrets.read(secret());
        List<Integer> found = IntStream.of(1, 2)
                .filter(login -> keys().anyMatch(key -> key.has(content, login)))
                .boxed()
                .toList();
        if (found.size() != 1) {
            throw new InvalidInput(
                    "turn the logins of " + plan.app(),
                    "the keys of slipway/targets/" + plan.app() + " have the passwords of "
                            + (found.isEmpty() ? "neither login" : "both logins"),
                    "write one login into all of them, deploy the services anew and start again");
        }
        return found.getFirst();
    }

    /** Puts that login, 1 or 2, in the place of the other one. */
    void give(int login) {
        Map<String, String> content = secrets.read(secret());
        Map<String, String> given = new TreeMap<>(content);
        keys().forEach(key -> given.computeIfPresent(key.name(), (_, value) -> key.with(value, login)));
        if (!given.equals(content)) {
            secrets.write(secret(), given);
        }
    }

    private String secret() {
        return target.value("AppSecretArn");
    }

    private Stream<Key> keys() {
        TargetEndpoints endpoints = new TargetEndpoints(target, secrets::read);
        return RotatedStores.of(plan).stream().flatMap(store -> keys(store, endpoints.logins(store)));
    }

    private Stream<Key> keys(PlannedStore store, List<AppLogin> logins) {
        return plan.environment().stream()
                .filter(variable -> variable.delivered().isPresent())
                .map(variable -> new Key(variable.delivered().orElseThrow(), parts(variable, store), logins))
                .filter(key -> key.parts().stream().anyMatch(OF_A_LOGIN::contains));
    }

    private static Set<String> parts(PlannedVariable variable, PlannedStore store) {
        String prefix = "target:" + store.name() + ":";
        Set<String> parts = new HashSet<>();
        variable.to().stream()
                .flatMap(to -> to.references().stream())
                .filter(reference -> reference.startsWith(prefix))
                .map(reference -> reference.substring(prefix.length()))
                .forEach(parts::add);
        return parts;
    }

    /** @param parts what of the store's endpoint its value is made from */
    private record Key(String name, Set<String> parts, List<AppLogin> logins) {

        boolean has(Map<String, String> content, int login) {
            return content.getOrDefault(name, "").contains(password(login));
        }

        String with(String value, int login) {
            int other = logins.size() + 1 - login;
            return value.replace(password(other), password(login))
                    .replace(login(other).name(), login(login).name());
        }

        private String password(int login) {
            UnaryOperator<String> written =
                    parts.stream().anyMatch(OF_A_URL::contains) ? SourceUrl::encode : UnaryOperator.identity();
            return written.apply(login(login).password());
        }

        private AppLogin login(int login) {
            return logins.get(login - 1);
        }
    }
}
