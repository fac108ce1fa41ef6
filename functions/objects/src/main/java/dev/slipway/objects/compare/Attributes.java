package dev.slipway.objects.compare;

import dev.slipway.objects.place.Headers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an object has besides its content: the headers that S3 keeps, a user's own metadata, tags.
 *
 * @param values by what a person calls them, e.g. {@code cache control} or {@code tag owner}; what is absent is left out
 */
record Attributes(SortedMap<String, String> values) {
    Attributes {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    static Attributes of(Headers headers) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("content type", headers.contentType());
        headers.standard()
                .forEach((name, value) -> values.put(name.replace("x-amz-", "").replace('-', ' '), value));
        headers.metadata().forEach((name, value) -> values.put("metadata " + name, value));
        headers.tags().forEach((name, value) -> values.put("tag " + name, value));
        return new Attributes(values);
    }

    /** What the target's are otherwise, each in words; empty where nothing is. */
    List<String> against(Attributes target) {
        SortedSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(target.values.keySet());
        List<String> otherwise = new ArrayList<>();
        for (String name : names) {
            String here = values.get(name);
            String there = target.values.get(name);
            if (here == null) {
                otherwise.add("no " + name + " on the source and " + there + " on the target");
            } else if (there == null) {
                otherwise.add(name + " " + here + " on the source and none on the target");
            } else if (!here.equals(there)) {
                otherwise.add(name + " " + here + " on the source and " + there + " on the target");
            }
        }
        return otherwise;
    }
}
