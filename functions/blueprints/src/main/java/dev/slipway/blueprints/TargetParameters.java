package dev.slipway.blueprints;

import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.plan.TargetNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The app's settings that are no secrets. */
record TargetParameters(TargetSpec spec) {
    /** What a setting may say of the target: where one of its buckets is. */
    private static final Pattern PLACE = Pattern.compile("target:(.+):(bucket|region)");

    void addTo(Template template) {
        Map<String, SecretTemplate> values = new LinkedHashMap<>();
        for (PlannedVariable variable : spec.plan().environment()) {
            variable.parameter().ifPresent(name -> variable.to().ifPresent(value -> values.putIfAbsent(name, value)));
        }
        values.forEach((name, value) -> template.add(
                Blueprint.named("parameter").place(prefix(name), Map.of("Name", name, "Value", value(value)))));
        if (!values.isEmpty()) {
            template.add(Blueprint.named("parameter-access")
                    .place(
                            "",
                            Map.of(
                                    "ExecutionRole",
                                    Intrinsic.ref("ExecutionRole"),
                                    "Folder",
                                    TargetNames.folder(spec.plan().app()))));
        }
    }

    /** A parameter's ARN, as the text of {@code Fn::Sub}. */
    static String reference(String parameter) {
        return "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${" + prefix(parameter)
                + "Parameter}";
    }

    /** Its folder is the same for all. */
    private static String prefix(String parameter) {
        String[] parts = parameter.split("/", 4);
        return LogicalName.of(parts[parts.length - 1]);
    }

    private static Object value(SecretTemplate value) {
        return value.plain().<Object>map(text -> text).orElseGet(() -> substituted(value));
    }

    private static Object substituted(SecretTemplate value) {
        String text = value.rename(TargetParameters::place).resolve(Map.of());
        return Intrinsic.function(Intrinsic.SUB, text);
    }

    private static SecretTemplate place(String reference) {
        Matcher place = PLACE.matcher(reference);
        if (!place.matches()) {
            throw new IllegalStateException("the plan gives a parameter the value of " + reference);
        }
        String inTemplate = place.group(2).equals("region") ? "AWS::Region" : LogicalName.of(place.group(1)) + "Bucket";
        return SecretTemplate.literal("${" + inTemplate + "}");
    }
}
