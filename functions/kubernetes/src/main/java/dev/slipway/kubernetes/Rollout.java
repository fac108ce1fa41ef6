package dev.slipway.kubernetes;

import java.util.List;

/** How the new side's services are started and stopped, wherever they run. Every call may be repeated. */
public interface Rollout {
    /**
     * Starts what does not run yet.
     *
     * @return names of the services that are awaited; none when all are ready
     * @throws dev.slipway.migration.exception.DeployFailed if one of them will not start, with the last it said
     */
    List<String> start();

    /** Stops all of them, and answers the names of those that were told to. */
    List<String> stop();
}
