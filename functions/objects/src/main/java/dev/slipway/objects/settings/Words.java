package dev.slipway.objects.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.SdkAutoConstructList;

/** A value under way to JSON: what is absent or empty is left out. */
final class Words {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Words put(String name, @Nullable Object value) {
        boolean empty = value == null
                || value instanceof SdkAutoConstructList<?>
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!empty && value != null) {
            values.put(name, value);
        }
        return this;
    }

    Map<String, Object> values() {
        return values;
    }

    /** The setting, where anything of it is there. */
    Optional<SettingState.Present> present(String text) {
        return values.isEmpty() ? Optional.empty() : Optional.of(new SettingState.Present(values, text));
    }

    /** {@code 1 rule}, {@code 2 rules}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
