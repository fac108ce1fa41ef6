package dev.slipway.migration;

import dev.slipway.migration.exception.ProvisionFailed;
import java.util.Map;

/** What the target's stack says about itself: its outputs by name. */
public record TargetOutputs(Map<String, String> values) {
    public TargetOutputs {
        values = Map.copyOf(values);
    }

    /** @throws ProvisionFailed if the stack has no such output */
    public String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new ProvisionFailed(
                    "read the target's " + name, "its stack has no such output", "provision the target again");
        }
        return value;
    }
}
