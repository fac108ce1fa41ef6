package dev.slipway.blueprints;

import java.util.Map;

/** What watches over a target. It comes last, because it looks at whatever the other parts have put into the template. */
record TargetWatch(TargetSpec spec) {

    void addTo(Template template) {
        new TargetTelemetry(spec).addTo(template);
        new TargetProtection(spec).addTo(template);
        if (spec.asksFor("AWS::SNS::Topic")) {
            Alerts alerts = new Alerts(spec);
            alerts.addTo(template);
            new Alarms(spec, template, alerts.actions()).add();
            spec.plan().target().monthlyLimitUsd().ifPresent(limit -> template.add(budget(limit)));
        }
        if (spec.asksFor("AWS::CloudWatch::Dashboard")) {
            new Dashboard(spec.plan().app(), template).add();
        }
    }

    private Piece budget(int limitUsd) {
        String tagged = "{\"Tags\":{\"Key\":\"" + Template.APP_TAG + "\",\"Values\":[\""
                + spec.plan().app() + "\"]}}";
        return Blueprint.named("budget").place("", Map.of("Limit", limitUsd, "Topic", Alerts.TOPIC, "Tagged", tagged));
    }
}
