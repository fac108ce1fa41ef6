package dev.slipway.local.check;

import java.nio.file.Path;
import java.util.Map;

/**
 * Programs that others wrote, by which a copy is checked.
 *
 * @param awsEnvironment what makes {@code aws} see the account
 */
public record OutsideTools(Path psql, Path redisCli, Path aws, Map<String, String> awsEnvironment) {
    public OutsideTools {
        awsEnvironment = Map.copyOf(awsEnvironment);
    }
}
