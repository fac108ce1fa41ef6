package dev.slipway.blueprints;

import java.util.List;
import java.util.Map;

/**
 * A blueprint in its place: its names are the target's, its parameters are filled in.
 *
 * @param title which blueprint it is and what that is for
 */
record Piece(Map<String, Object> resources, Map<String, Object> outputs, String prefix, String title) {

    /** Makes a resource, named as in the blueprint, wait for ones of other pieces. */
    Piece after(String resource, List<String> others) {
        if (!others.isEmpty()) {
            resource(resource).put("DependsOn", others);
        }
        return this;
    }

    /** Adds a property to a resource, named as in the blueprint. */
    Piece with(String resource, String property, Object value) {
        properties(resource).put(property, value);
        return this;
    }

    /** Leaves out a resource, named as in the blueprint, that nothing else of the piece refers to. */
    Piece without(String resource) {
        resources.remove(prefix + resource);
        return this;
    }

    Map<String, Object> properties(String resource) {
        return Blueprint.mapping(resource(resource).get("Properties"));
    }

    private Map<String, Object> resource(String name) {
        return Blueprint.mapping(resources.get(prefix + name));
    }
}
