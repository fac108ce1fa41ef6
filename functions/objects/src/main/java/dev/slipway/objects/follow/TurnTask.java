package dev.slipway.objects.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.Progress;
import java.time.Duration;

/**
 * What a turn is to hold to.
 *
 * @param longest that neither side takes writes
 * @param quiet for how long a writer that cannot be closed has to write nothing
 */
record TurnTask(Duration longest, Duration quiet, Accord accord, Progress progress) {}
