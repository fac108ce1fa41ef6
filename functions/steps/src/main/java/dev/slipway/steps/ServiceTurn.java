package dev.slipway.steps;

import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.PlannedService;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * The part of one service in a turn of the logins: whatever revision it runs by now, and however often, it goes on with that.
 *
 * @param back whether it is the way back
 */
record ServiceTurn(ServiceStart start, PlannedService planned, boolean back) {
    private static final String PRIMARY = "PRIMARY";

    /** Begins a deployment whose tasks read the app's secret again. */
    Redeployment.Deployed begin() {
        Service before = start.describe(planned);
        Service after = start.ecs()
                .updateService(request -> request.cluster(start.cluster())
                        .service(before.serviceName())
                        .forceNewDeployment(true))
                .service();
        return new Redeployment.Deployed(primary(before), primary(after));
    }

    /**
     * Whether all tasks are of that deployment or of a later one, run, and are healthy to the load balancer.
     *
     * @throws DeployFailed if the deployment failed, with the last lines of a task that ended
     */
    boolean isSteady(Redeployment.Deployed begun) {
        Service service = start.describe(planned);
        refuseFailed(service, begun);
        return ServiceStart.isSteady(service.deployments())
                && service.runningCount() >= service.desiredCount()
                && start.isHealthyToLoadBalancer(planned, service.desiredCount());
    }

    private void refuseFailed(Service service, Redeployment.Deployed begun) {
        Optional<Deployment> own = service.deployments().stream()
                .filter(deployment -> deployment.id().equals(begun.own()))
                .findFirst();
        boolean failed = own.map(deployment -> deployment.rolloutState() == DeploymentRolloutState.FAILED)
                .orElseGet(() -> primary(service).equals(begun.before()));
        if (failed) {
            throw new DeployFailed(
                    "deploy the service " + planned.name() + " anew with "
                            + (back ? "the login before" : "its other login"),
                    own.map(Deployment::rolloutStateReason).orElse("ECS went back to the deployment before")
                            + start.log()
                                    .lastEnding(start.cluster(), service.serviceName())
                                    .map(last -> "; a task ended with " + last)
                                    .orElse(""),
                    "mend what that says and start the machine again"
                            + (back ? "; until then no password changes" : "; the app has the login before"));
        }
    }

    private static String primary(Service service) {
        return service.deployments().stream()
                .filter(deployment -> PRIMARY.equals(deployment.status()))
                .map(Deployment::id)
                .findFirst()
                .orElse("");
    }
}
