package dev.slipway.steps;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;

/** The services that a target had before an attempt changed it: what a rollback of that attempt returns them to. */
public record EarlierServices(List<Earlier> services) {
    /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids */
    private static final int PARTS_OF_AN_ARN = 3;

    public EarlierServices {
        services = List.copyOf(services);
    }

    /**
     * A service as it was.
     *
     * @param name as ECS has it
     * @param taskDefinition ARN of the revision that it ran
     * @param count of tasks that were wanted; 0: it was stopped
     */
    public record Earlier(String cluster, String name, String taskDefinition, int count) {}

    /** @param arns {@code arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME} */
    public static EarlierServices of(EcsClient ecs, Collection<String> arns) {
        return new EarlierServices(arns.stream()
                .map(arn -> arn.split("/"))
                .filter(parts -> parts.length == PARTS_OF_AN_ARN)
                .flatMap(parts -> find(ecs, parts[1], parts[2]).stream())
                .toList());
    }

    private static Optional<Earlier> find(EcsClient ecs, String cluster, String name) {
        return ecs.describeServices(request -> request.cluster(cluster).services(name)).services().stream()
                .filter(service -> !"INACTIVE".equals(service.status()))
                .map(service -> new Earlier(cluster, name, service.taskDefinition(), service.desiredCount()))
                .findFirst();
    }

    /**
     * Lets each run again what it ran, as often as it did.
     *
     * @return the names of those that do; the revision of any other one was removed, or the service itself
     */
    public List<String> putBack(EcsClient ecs) {
        return services.stream()
                .filter(earlier -> putBack(ecs, earlier))
                .map(Earlier::name)
                .toList();
    }

    private static boolean putBack(EcsClient ecs, Earlier earlier) {
        try {
            ecs.updateService(request -> request.cluster(earlier.cluster())
                    .service(earlier.name())
                    .taskDefinition(earlier.taskDefinition())
                    .desiredCount(earlier.count()));
            return true;
        } catch (ClientException
                | InvalidParameterException
                | ServiceNotFoundException
                | ServiceNotActiveException gone) {
            return false;
        }
    }
}
