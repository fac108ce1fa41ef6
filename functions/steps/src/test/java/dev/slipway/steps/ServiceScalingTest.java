package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;

/** What is registered of a service whose number of tasks follows its load. */
class ServiceScalingTest {
    private static final Plan PLAN = ExamplePlan.of("shop")
            .services(List.of(
                    ExamplePlan.service(
                            "web", "shop/web:1", Optional.of(80), List.of("/*"), 3, Optional.of(new Scaling(3, 9, 70))),
                    ExamplePlan.service("worker", "shop/web:1", Optional.empty(), List.of(), 1, Optional.empty())))
            .plan();
    private static final TargetOutputs TARGET =
            new TargetOutputs(Map.of("WebScalableTarget", "service/shop/web", "WorkerService", "worker"));

    private final Registered registered = new Registered(new ArrayList<>());
    private final ServiceScaling scaling = new ServiceScaling(registered);

    @Test
    void registersTheLeastAndLetsTheWayDown() {
        scaling.follow(PLAN, TARGET);
        assertThat(registered.requests()).singleElement().satisfies(request -> {
            assertThat(request.resourceId()).isEqualTo("service/shop/web");
            assertThat(request.minCapacity()).isEqualTo(3);
            assertThat(request.maxCapacity()).as("stays as the stack has it").isNull();
            assertThat(request.suspendedState().dynamicScalingInSuspended()).isFalse();
        });
    }

    @Test
    void holdsWhatIsStopped() {
        scaling.hold(PLAN, TARGET);
        assertThat(registered.requests()).singleElement().satisfies(request -> {
            assertThat(request.minCapacity()).isZero();
            assertThat(request.suspendedState().dynamicScalingInSuspended()).isTrue();
        });
    }

    @Test
    void leavesATargetAloneThatRegisteredNone() {
        scaling.follow(PLAN, new TargetOutputs(Map.of()));
        assertThat(registered.requests()).isEmpty();
    }

    private record Registered(List<RegisterScalableTargetRequest> requests) implements ApplicationAutoScalingClient {
        @Override
        public RegisterScalableTargetResponse registerScalableTarget(RegisterScalableTargetRequest request) {
            requests.add(request);
            return RegisterScalableTargetResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "application-autoscaling";
        }

        @Override
        public void close() {}
    }
}
