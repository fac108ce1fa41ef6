package dev.slipway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Some seconds of traffic together, so that a chart of hours stays small. A second without a sample counts nowhere. */
record TrafficBucket(
        Instant at, Duration width, int seconds, long oldRequests, long newRequests, long errors, long refusals) {
    private static final long MOST = 240;

    static List<TrafficBucket> of(List<TrafficSecond> traffic) {
        if (traffic.isEmpty()) {
            return List.of();
        }
        long first =
                traffic.stream().mapToLong(it -> it.at().getEpochSecond()).min().orElseThrow();
        long last =
                traffic.stream().mapToLong(it -> it.at().getEpochSecond()).max().orElseThrow();
        long width = Math.ceilDiv(last - first + 1, MOST);
        return traffic.stream()
                .collect(Collectors.groupingBy(
                        it -> (it.at().getEpochSecond() - first) / width, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(it -> sum(Instant.ofEpochSecond(first + it.getKey() * width), width, it.getValue()))
                .toList();
    }

    private static TrafficBucket sum(Instant at, long width, List<TrafficSecond> seconds) {
        return new TrafficBucket(
                at,
                Duration.ofSeconds(width),
                seconds.size(),
                seconds.stream().mapToLong(TrafficSecond::oldRequests).sum(),
                seconds.stream().mapToLong(TrafficSecond::newRequests).sum(),
                seconds.stream().mapToLong(TrafficSecond::errors).sum(),
                seconds.stream().mapToLong(TrafficSecond::refusals).sum());
    }

    long requests() {
        return oldRequests + newRequests;
    }

    double perSecond(long count) {
        return (double) count / seconds;
    }
}
