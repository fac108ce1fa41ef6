package dev.slipway.compose;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes scheduled jobs of what runs by the clock: crontabs, and labels of Ofelia and its kin. */
final class Clockwork {
    private static final Pattern OFELIA = Pattern.compile(
            "(?:ofelia|chadburn)\\.job-(exec|run|local|service-run)\\.([^.]+)\\.(schedule|command|image)");
    private static final List<String> SCHEDULE_LABELS =
            List.of("swarm.cronjob.schedule", "cron.schedule", "chronos.schedule");

    private final List<AppService> jobs = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    List<AppService> jobs() {
        return List.copyOf(jobs);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The service as it runs by the clock itself, where it does; otherwise unchanged. */
    AppService of(AppService service, Mapping definition, ServiceFacts facts) {
        ofelia(service, definition);
        if (facts.jobs().size() == 1) {
            ServiceFacts.TimedCommand only = facts.jobs().getFirst();
            return Services.job(service, service.name(), shell(only.command()), only.schedule());
        }
        for (int i = 0; i < facts.jobs().size(); i++) {
            ServiceFacts.TimedCommand timed = facts.jobs().get(i);
            jobs.add(Services.job(service, service.name() + "-" + (i + 1), shell(timed.command()), timed.schedule()));
        }
        if (!facts.jobs().isEmpty()) {
            findings.add(Finding.warning(
                    "service " + service.name(),
                    "the " + facts.jobs().size() + " lines of its crontab become as many scheduled tasks"));
            return Services.withKind(service, ServiceKind.OPERATIONS);
        }
        return bySchedule(service, definition);
    }

    private AppService bySchedule(AppService service, Mapping definition) {
        Map<String, String> labels = Labels.of(definition);
        Optional<String> times = SCHEDULE_LABELS.stream()
                .filter(labels::containsKey)
                .map(labels::get)
                .findFirst();
        Optional<String> schedule = times.flatMap(Schedules::of);
        if (times.isPresent() && schedule.isEmpty()) {
            findings.add(unsaid(service.name(), times.get()));
        }
        return schedule.map(found -> Services.job(service, service.name(), service.command(), found))
                .orElse(service);
    }

    private void ofelia(AppService service, Mapping definition) {
        Map<String, Map<String, SecretTemplate>> found = new TreeMap<>();
        Labels.templates(definition).forEach((label, value) -> {
            Matcher matcher = OFELIA.matcher(label);
            if (matcher.matches()) {
                Map<String, SecretTemplate> job = found.computeIfAbsent(matcher.group(2), name -> new TreeMap<>());
                job.put(matcher.group(3), value);
                job.put("how", SecretTemplate.literal(matcher.group(1)));
            }
        });
        found.forEach((name, job) -> ofelia(service, name, job));
    }

    private void ofelia(AppService service, String name, Map<String, SecretTemplate> job) {
        String times = text(job, "schedule");
        Optional<String> schedule = Schedules.of(times);
        Optional<String> image = Optional.of(text(job, "image")).filter(text -> !text.isEmpty());
        boolean runnable = image.isPresent() || text(job, "how").equals("exec");
        if (schedule.isEmpty()) {
            findings.add(unsaid(service.name(), times));
        } else if (!runnable) {
            findings.add(Finding.warning(
                    "service " + service.name(),
                    "its job '" + name + "' runs in the scheduler itself: give it an image, to run it as a task"));
        } else {
            List<SecretTemplate> command = Optional.ofNullable(job.get("command"))
                    .map(Clockwork::shell)
                    .orElse(List.of());
            AppService timed = Services.job(service, service.name() + "-" + name, command, schedule.get());
            jobs.add(image.isPresent() ? Services.withImage(timed, image.get()) : timed);
        }
    }

    private static String text(Map<String, SecretTemplate> job, String key) {
        return Optional.ofNullable(job.get(key)).flatMap(SecretTemplate::plain).orElse("");
    }

    private static Finding unsaid(String service, String times) {
        return Finding.warning(
                "service " + service,
                "it runs at '" + times + "', which EventBridge Scheduler cannot say: write it as two schedules");
    }

    private static List<SecretTemplate> shell(SecretTemplate command) {
        return List.of(SecretTemplate.literal("sh"), SecretTemplate.literal("-c"), command);
    }
}
