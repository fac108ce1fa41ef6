package dev.slipway.compose;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A folder that is not there: variables only. */
record FakeProject(Map<String, String> values) implements Project {
    @Override
    public Optional<String> read(String path, Position at) {
        return Optional.empty();
    }

    @Override
    public String absolute(String path) {
        return "/srv/app/" + path.replaceFirst("^\\./", "");
    }

    @Override
    public Optional<Function<String, Optional<String>>> variables() {
        return Optional.of(name -> Optional.ofNullable(values.get(name)));
    }
}
