package dev.slipway.blueprints;

import java.util.List;
import java.util.Map;

/** A blueprint in its place: its names are the target's, its parameters are filled in. */
record Piece(Map<String, Object> resources, Map<String, Object> outputs, String prefix) {

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

    Map<String, Object> properties(String resource) {
        return Blueprint.mapping(resource(resource).get("Properties"));
    }

    private Map<String, Object> resource(String name) {
        return Blueprint.mapping(resources.get(prefix + name));
    }
}
