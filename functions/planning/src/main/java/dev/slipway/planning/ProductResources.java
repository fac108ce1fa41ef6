package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists what takes the place of services that only watch the app, deploy it or put it to the test. */
final class ProductResources {
    /** By what the service of AWS is called in {@code products.psv}. */
    private static final Map<String, String> TYPES = Map.of(
            "Amazon Managed Service for Prometheus", "AWS::APS::Workspace",
            "Amazon Managed Grafana", "AWS::Grafana::Workspace",
            "AWS X-Ray", "AWS::XRay::SamplingRule",
            "Amazon OpenSearch Service", "AWS::OpenSearchService::Domain",
            "AWS Fault Injection Service", "AWS::FIS::ExperimentTemplate");

    private ProductResources() {}

    static List<PlannedResource> of(App app, Products products) {
        return Stream.of(ServiceKind.MONITORING, ServiceKind.DEVELOPMENT)
                .flatMap(kind -> app.services(kind).stream())
                .flatMap(service -> of(app, service, products))
                .collect(Collectors.toMap(
                        PlannedResource::type, resource -> resource, (first, other) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static Stream<PlannedResource> of(App app, AppService service, Products products) {
        String place = products.of(service).flatMap(Products.Product::service).orElse("");
        return TYPES.entrySet().stream()
                .filter(type -> place.contains(type.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(type -> new PlannedResource(type.getValue(), app.name(), "service " + service.name()));
    }
}
