package dev.slipway.blueprints;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.TargetNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What runs: the cluster, the app's services and its jobs. */
record TargetServices(TargetSpec spec) {

    void addTo(Template template) {
        String app = spec.plan().app();
        template.add(Blueprint.named("cluster")
                .place("", Map.of("App", app, "Folder", TargetNames.folder(app), "Vpc", TargetNetwork.VPC)));
        if (spec.services().stream().anyMatch(PlannedService::spot)) {
            template.add(Blueprint.named("spot").place("", Map.of("Cluster", Intrinsic.ref("Cluster"))));
        }
        template.add(Blueprint.named("secrets")
                .place("", Map.of("App", app, "ExecutionRole", Intrinsic.ref("ExecutionRole"))));
        new TargetParameters(spec).addTo(template);
        new TargetImages(spec).addTo(template);
        ServiceEnvironment environment = new ServiceEnvironment(spec.plan());
        TargetTask.of(spec).forEach(task -> task.addTo(template, spec, environment));
        spec.services().forEach(service -> TargetService.of(spec, service).addTo(template));
        spec.doubled().forEach(service -> addForerunner(template, service, environment));
        spec.plan().jobs().forEach(job -> new TargetJob(spec, job).addTo(template));
        spec.stores().stream()
                .filter(store -> store.kind() == StoreKind.OBJECTS)
                .forEach(store -> addWriters(template, store));
    }

    private void addForerunner(Template template, PlannedService service, ServiceEnvironment environment) {
        TargetTask.forerunner(service).addTo(template, spec, environment);
        TargetService.forerunner(spec, service).addTo(template);
    }

    /** Those whose writes to a bucket are stopped and let again; an output can not be empty. */
    private void addWriters(Template template, PlannedStore store) {
        List<Object> writers = TargetTask.of(spec).stream()
                .map(task -> new TaskRole(spec, task))
                .filter(role -> role.writes(store))
                .map(TaskRole::arn)
                .toList();
        if (!writers.isEmpty()) {
            Map<String, Object> outputs = new LinkedHashMap<>();
            outputs.put(
                    LogicalName.of(store.name()) + "Writers",
                    Intrinsic.function("Value", Intrinsic.function("Fn::Join", List.of(",", writers))));
            template.add(new Piece(Map.of(), outputs, "", ""));
        }
    }
}
