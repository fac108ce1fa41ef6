package dev.slipway.compose;

import dev.slipway.migration.spec.Gates;
import dev.slipway.migration.spec.Traffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code traffic} of {@code slipway.yaml}. */
final class TrafficReader {
    private TrafficReader() {}

    static Traffic read(SpecKeys keys) {
        keys.allow("zone", "record", "by", "every", "failures", "gates", "certificate", "paths");
        Traffic or = Traffic.DEFAULT;
        Traffic traffic = new Traffic(
                keys.text("zone").map(TrafficReader::name),
                keys.text("record").map(TrafficReader::name),
                by(keys, or.by()),
                keys.duration("every").orElse(or.every()),
                keys.number("failures", 1, 100).orElse(or.failures()),
                gates(keys.child("gates")),
                keys.matching(
                        "certificate",
                        "arn:aws[a-z-]*:acm:\\S+",
                        "the ARN of a certificate of AWS Certificate Manager in the target's region"),
                paths(keys.child("paths")));
        requireRecordInZone(traffic, keys);
        return traffic;
    }

    private static int by(SpecKeys keys, int otherwise) {
        return keys.text("by").filter(text -> text.endsWith("%")).isPresent()
                ? keys.share("by")
                        .map(share -> Math.max(1, (int) Math.round(share * 100)))
                        .orElse(otherwise)
                : keys.number("by", 1, 100).orElse(otherwise);
    }

    private static Gates gates(SpecKeys keys) {
        keys.allow("error_share", "response_time");
        return new Gates(keys.share("error_share").orElse(Gates.DEFAULT.errorShare()), keys.duration("response_time"));
    }

    private static Map<String, List<String>> paths(SpecKeys keys) {
        Map<String, List<String>> paths = new LinkedHashMap<>();
        keys.names().forEach(service -> {
            List<String> patterns = keys.texts(service);
            if (patterns.stream().anyMatch(pattern -> !pattern.matches("/[A-Za-z0-9_.$/~\"'@:+&*?-]*"))) {
                throw keys.at(service).invalid("a path pattern does not begin with '/'", "write e.g. /auth/*");
            }
            paths.put(service, patterns);
        });
        return paths;
    }

    private static void requireRecordInZone(Traffic traffic, SpecKeys keys) {
        String zone = traffic.zone().orElse("");
        String record = traffic.record().orElse(zone);
        if (!zone.isEmpty() && !record.equals(zone) && !record.endsWith("." + zone)) {
            throw keys.at("record")
                    .invalid(
                            "the record '" + record + "' does not lie in the zone '" + zone + "'",
                            "write a name that ends with ." + zone);
        }
    }

    /** A DNS name is often written with a dot at its end. */
    private static String name(String text) {
        return text.replaceFirst("\\.$", "");
    }
}
