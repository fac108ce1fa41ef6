package dev.slipway.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An app in its cluster, from nothing to running pods and back. No call waits, and every one may be repeated.
 *
 * <p>Each throws {@link dev.slipway.migration.exception.DeployFailed} where the cluster refuses it or does not answer.
 */
public interface Rollout extends AutoCloseable {
    /**
     * Puts all objects there and takes away what an earlier version had beside them. What does not run yet does not run then either:
     * pods, jobs and schedules are held.
     *
     * @param values of the references in the manifests; they may be secrets, and go nowhere but into the cluster
     * @param attempt the one that runs the jobs; jobs of an earlier one run anew
     */
    void prepare(ChangedManifests manifests, Map<String, String> values, int attempt);

    /**
     * Runs what the app runs once, one job after the other.
     *
     * @return the one that is awaited; empty: all have ended well
     * @throws dev.slipway.migration.exception.DeployFailed if one has failed, with the last it said
     */
    Optional<String> runJobs();

    /** Asks for the pods of all services. */
    void start();

    /**
     * Those whose pods are not all ready.
     *
     * @throws dev.slipway.migration.exception.DeployFailed if one of them will not start, with the last it said
     */
    List<String> awaited();

    /** What a service's pods, or the cluster for them, said last, in one line. */
    String lastWords(String service);

    /** Stops all services and holds jobs and schedules; answers the names of the services. */
    List<String> stop();

    /** Lets the app's schedules run, or holds them; answers the names of those that were changed. */
    List<String> schedule(boolean running);

    /**
     * Deletes what was put there, and nothing else.
     *
     * @param volumes whether the volumes of the app's claims go, too
     */
    Removal remove(boolean volumes);

    /**
     * How far it is.
     *
     * @param awaited what is still going
     * @param volumes those that stay, as the account knows them, by the names of their claims
     */
    record Removal(List<String> awaited, Map<String, String> volumes) {
        public Removal {
            awaited = List.copyOf(awaited);
            volumes = Map.copyOf(volumes);
        }
    }

    @Override
    void close();
}
