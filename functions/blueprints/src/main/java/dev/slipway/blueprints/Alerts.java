package dev.slipway.blueprints;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who hears of alarms: e-mail addresses by a topic of the target's own, other topics by the alarms themselves. */
record Alerts(TargetSpec spec) {
    static final Object TOPIC = Intrinsic.ref("Alerts");
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:sns:(?<region>[a-z0-9-]+):.+");

    void addTo(Template template) {
        template.add(
                Blueprint.named("alerts").place("", Map.of("App", spec.plan().app())));
        spec.plan().notified().stream()
                .filter(who -> who.contains("@"))
                .distinct()
                .forEach(address -> template.add(Blueprint.named("subscription")
                        .place("Alert" + LogicalName.of(address), Map.of("Topic", TOPIC, "Address", address))));
    }

    /** What an alarm calls. CloudWatch knows topics of its own region only. */
    List<Object> actions() {
        Stream<Object> others =
                spec.plan().notified().stream().filter(this::isTopicHere).map(topic -> topic);
        return Stream.concat(Stream.of(TOPIC), others.distinct()).toList();
    }

    private boolean isTopicHere(String who) {
        Matcher topic = ARN.matcher(who);
        return topic.matches()
                && topic.group("region").equals(spec.plan().target().region());
    }
}
