package dev.slipway.migration;

/**
 * One attempt at the migration of an app, and the keys of the artifacts it leaves.
 *
 * @param number counts from 1; a later attempt has a higher number
 */
public record Attempt(String app, int number) {

    public FenceToken fence() {
        return new FenceToken(app, number);
    }

    /** The folder of everything this attempt leaves, with a slash at its end. */
    public String folder() {
        return "migrations/" + app + "/" + "%04d/".formatted(number);
    }

    public String plan() {
        return folder() + "plan.json";
    }

    /** Where an app's uploaded manifests lie, before any attempt has them. */
    public static String uploadedManifests(String app) {
        return "apps/" + app + "/manifests.yaml";
    }

    /** The app's manifests as this attempt found them. */
    public String manifests() {
        return folder() + "manifests.yaml";
    }

    /** How far the services are in the target's Kubernetes cluster. */
    public String rollout() {
        return folder() + "rollout.json";
    }

    /** The stack outputs of the target. */
    public String target() {
        return folder() + "target.json";
    }

    /** The template that the target's stack is made from. */
    public String targetTemplate() {
        return folder() + "target-template.json";
    }

    /** The template of the target when no service runs twice any more. */
    public String settledTemplate() {
        return folder() + "target-template-settled.json";
    }

    /** How far the removal of the services is that ran beside the lasting ones. */
    public String settling() {
        return folder() + "settle.json";
    }

    /** What that removed. */
    public String settled() {
        return folder() + "settled-changes.json";
    }

    /** How far provisioning is. */
    public String provisioning() {
        return folder() + "provision.json";
    }

    /** What provisioning changed. */
    public String provisioned() {
        return folder() + "target-changes.json";
    }

    /** How far provisioning is at the edge. */
    public String edgeProvisioning() {
        return folder() + "provision-edge.json";
    }

    /** What provisioning changed at the edge. */
    public String edgeProvisioned() {
        return folder() + "edge-changes.json";
    }

    /** Says that what is at the edge is being removed. */
    public String edgeRemoval() {
        return folder() + "remove-edge.txt";
    }

    /** What the target's services ran before this attempt changed them. */
    public String earlierServices() {
        return folder() + "earlier-services.json";
    }

    /** Since when its servers are waited for. */
    public String serverLook() {
        return folder() + "servers.json";
    }

    /** How far taking the target down is. */
    public String takingDown() {
        return folder() + "take-down.json";
    }

    /** What a worker reports of one verb on one store. */
    public String result(StoreVerb verb, String store) {
        return folder() + verb.word() + "/" + store + ".json";
    }

    /** How far a worker is with one store. */
    public String progress(String store) {
        return folder() + "progress/" + store + ".json";
    }

    /** What the copy read of a store. */
    public String digests(String store) {
        return folder() + "digests/" + store + ".json";
    }

    /** The list of a store's shards, for the machine. */
    public String shards(String store) {
        return folder() + "shards/" + store + ".json";
    }

    /** What one shard has. */
    public String shard(String store, String name) {
        return folder() + "shards/" + store + "/" + name + ".json";
    }

    /** Where what became of a store's shards lies, with a slash at its end. */
    public String shardResults(String store) {
        return folder() + StoreVerb.SHARD.word() + "/" + store + "/";
    }

    /** How far the worker of one shard is. */
    public String progress(String store, String shard) {
        return folder() + "progress/" + store + "/" + shard + ".json";
    }

    /** Where the parts of a store's safety copy lie, with a slash at its end. */
    public String snapshotParts(String store) {
        return folder() + "snapshot/" + store + "/";
    }

    /** The traffic record as it was before the first shift; shared by all attempts, since the first one to shift saw it. */
    public String originalRecord() {
        return "migrations/" + app + "/original-record.json";
    }

    /** Where copies of a store keep their notes; shared by all attempts, which copy to the same target. */
    public String notes(String store) {
        return "migrations/" + app + "/notes/" + store;
    }

    /** Where it is noted how far a store follows another one; shared by all attempts. */
    public String followed(String store) {
        return "migrations/" + app + "/follow/" + store;
    }

    /** Says that what a target store holds was put there by this migration; shared by all attempts. */
    public String claim(String store) {
        return "migrations/" + app + "/claims/" + store + ".json";
    }

    /** One decision of the shift; the name sorts by time. */
    public String decision(String name) {
        return folder() + "shift/" + name + ".json";
    }

    /** How far a turn of the app's logins is with its services, on its way or on its way back. */
    public String turn(int number, boolean back) {
        return folder() + "turns/" + "%04d".formatted(number) + (back ? "-back" : "") + ".json";
    }

    public String reportJson() {
        return folder() + "report.json";
    }

    public String reportHtml() {
        return folder() + "report.html";
    }
}
