package dev.slipway.migration.plan;

import java.util.List;

/** The collector of metrics and traces that takes the place of what an app ran to watch itself. */
public final class Collector {
    /** Of its service, and in the names of the target's network. */
    public static final String NAME = "aws-otel-collector";

    /** What takes traces in a cluster, in the names of that: the agent of CloudWatch, which an add-on brings. */
    public static final String AGENT = "cloudwatch-agent.amazon-cloudwatch";

    /** Where it takes traces: OTLP by gRPC and by HTTP, Zipkin's, Jaeger's by gRPC and by HTTP. */
    public static final List<Integer> PORTS = List.of(4317, 4318, 9411, 14250, 14268);

    /** Units of 1/1024 processor. */
    public static final int CPU = 256;

    public static final int MEMORY_MIB = 512;

    private Collector() {}
}
