package dev.slipway.migration;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What else there is to say of a store, in the order in which a person wants to know it. In JSON it is an object. */
public record Details(List<Detail> all) {
    public static final Details NONE = new Details(List.of());

    public Details {
        all = List.copyOf(all);
    }

    @JsonValue
    public Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        all.forEach(detail -> values.put(detail.name(), detail.value()));
        return values;
    }
}
