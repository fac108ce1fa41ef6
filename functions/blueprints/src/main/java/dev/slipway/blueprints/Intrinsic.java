package dev.slipway.blueprints;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CloudFormation's functions as they stand in a template. */
final class Intrinsic {
    static final String REF = "Ref";
    static final String GET_ATT = "Fn::GetAtt";
    static final String SUB = "Fn::Sub";

    private Intrinsic() {}

    static Map<String, Object> ref(String name) {
        return function(REF, name);
    }

    /** @param path of the attribute, e.g. {@code PostgresInstance.Endpoint.Port} */
    static Map<String, Object> attribute(String path) {
        int dot = path.indexOf('.');
        return function(GET_ATT, List.of(path.substring(0, dot), path.substring(dot + 1)));
    }

    static Map<String, Object> function(String name, Object argument) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put(name, argument);
        return function;
    }

    /** Two properties, in that order in the template's text. */
    static Map<String, Object> ordered(String key, Object value, String otherKey, Object otherValue) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(key, value);
        pair.put(otherKey, otherValue);
        return pair;
    }
}
