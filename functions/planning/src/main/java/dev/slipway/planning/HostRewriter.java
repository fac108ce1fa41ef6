package dev.slipway.planning;

import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.planning.OldNetwork.Destination;
import dev.slipway.planning.OldNetwork.Service;
import dev.slipway.planning.OldNetwork.Store;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rewrites values that point at the old network: URLs, {@code host:port} lists, {@code host=…} of connection strings, bare names. */
final class HostRewriter {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";

    /** Scheme, login, host, port, path, query. */
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*(?::[a-z0-9]+)?://)"
            + "([^\\s/@?#\"']*@)?(" + NAME + ")(:\\d+)?(/[^\\s?#,\"']*)?(\\?[^\\s#,\"']*)?");

    private static final Pattern ADDRESS =
            Pattern.compile("(?<![A-Za-z0-9_.:/@$}-])(" + NAME + "):(\\d{1,5})(?![A-Za-z0-9_.:-])");
    /** As libpq and .NET write it. */
    private static final Pattern KEYWORD =
            Pattern.compile("(?i)(?<![A-Za-z])((?:host|hostaddr|server|data source|addr)\\s*=\\s*(?:tcp:)?)(" + NAME
                    + ")([,:])?(\\d+)?");

    private static final Pattern NAMES_HOSTS = Pattern.compile(
            "(?:.*_)?(?:HOST|HOSTS|HOSTNAME|SERVER|SERVERS|ADDR|ADDRESS|UPSTREAM|BACKEND|ENDPOINT|NODES|BROKERS?|DOMAIN)");

    private final OldNetwork network;
    private final Places places;

    HostRewriter(OldNetwork network, Places places) {
        this.network = network;
        this.places = places;
    }

    SecretTemplate rewrite(AppService service, String name, SecretTemplate value) {
        Optional<String> bare = NAMES_HOSTS.matcher(name).matches() ? bare(service, value.text()) : Optional.empty();
        return new SecretTemplate(bare.orElseGet(() -> connection(replaced(value.text()))));
    }

    private String replaced(String value) {
        String urls = URL.matcher(value).replaceAll(url -> Matcher.quoteReplacement(url(url)));
        return ADDRESS.matcher(urls).replaceAll(address -> Matcher.quoteReplacement(address(address)));
    }

    private String url(MatchResult url) {
        Optional<Integer> port = Optional.ofNullable(url.group(4)).map(text -> Integer.parseInt(text.substring(1)));
        return network.find(url.group(3), port)
                .map(found -> switch (found) {
                    case Store(AppStore store) ->
                        places.url(
                                store, new Places.StoreAddress(url.group(1), part(url, 2), part(url, 5), part(url, 6)));
                    case Service(AppService service, Optional<Integer> own) ->
                        url.group(1)
                                + part(url, 2)
                                + places.service(service, url.group(3))
                                + own.map(number -> ":" + number).orElse(part(url, 4))
                                + part(url, 5)
                                + part(url, 6);
                })
                .orElse(url.group());
    }

    private String address(MatchResult address) {
        int port = Integer.parseInt(address.group(2));
        return network.find(address.group(1), Optional.of(port))
                .filter(found -> network.listens(found, address.group(1), port))
                .map(found -> switch (found) {
                    case Store(AppStore store) -> places.host(store) + ":" + places.port(store);
                    case Service(AppService service, Optional<Integer> own) ->
                        places.service(service, address.group(1)) + ":" + own.orElse(port);
                })
                .orElse(address.group());
    }

    /** A list of nothing but names. */
    private Optional<String> bare(AppService self, String value) {
        String[] names = value.split(",", -1);
        boolean known = Arrays.stream(names)
                .map(String::strip)
                .allMatch(name -> network.named(name)
                        .filter(found -> !isSelf(found, self))
                        .isPresent());
        return known
                ? Optional.of(Arrays.stream(names)
                        .map(String::strip)
                        .map(name -> host(network.named(name).orElseThrow(), name))
                        .collect(Collectors.joining(",")))
                : Optional.empty();
    }

    private static boolean isSelf(Destination found, AppService self) {
        return found instanceof Service(AppService service, Optional<Integer> any)
                && service.name().equals(self.name());
    }

    private String host(Destination destination, String old) {
        return switch (destination) {
            case Store(AppStore store) -> places.host(store);
            case Service(AppService service, Optional<Integer> any) -> places.service(service, old);
        };
    }

    private String connection(String value) {
        Matcher keyword = KEYWORD.matcher(value);
        if (!keyword.find()) {
            return value;
        }
        Optional<Integer> port = Optional.ofNullable(keyword.group(4)).map(Integer::valueOf);
        Optional<Destination> found = network.find(keyword.group(2), port);
        String changed = found.map(destination -> new StringBuilder(value)
                        .replace(keyword.start(2), keyword.end(2), host(destination, keyword.group(2)))
                        .toString())
                .orElse(value);
        return found.filter(Store.class::isInstance)
                .map(Store.class::cast)
                .map(destination -> places.connection(destination.store(), changed))
                .orElse(changed);
    }

    static String target(AppStore store, String part) {
        return SecretTemplate.reference("target:" + store.name() + ":" + part).text();
    }

    private static String part(MatchResult url, int group) {
        return Optional.ofNullable(url.group(group)).orElse("");
    }
}
