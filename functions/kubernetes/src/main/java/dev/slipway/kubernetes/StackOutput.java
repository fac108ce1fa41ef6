package dev.slipway.kubernetes;

import dev.slipway.migration.app.SecretTemplate;

/** A value that the target's stack tells when it is there. */
final class StackOutput {
    private StackOutput() {}

    /** The reference in a manifest. */
    static String of(String name, String what) {
        return SecretTemplate.reference(ChangedManifests.OUTPUT + logical(name) + what)
                .text();
    }

    /** As the stack's outputs are called. */
    private static String logical(String name) {
        StringBuilder logical = new StringBuilder();
        for (String part : name.split("[^A-Za-z0-9]+", -1)) {
            if (!part.isEmpty()) {
                logical.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return logical.toString();
    }
}
