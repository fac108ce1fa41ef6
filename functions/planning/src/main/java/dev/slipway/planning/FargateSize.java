package dev.slipway.planning;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A size of task that Fargate offers.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size">Task
 *     CPU and memory</a>
 */
record FargateSize(int cpu, int memoryMib) {
    private static final List<FargateSize> ALL = all();

    /** The smallest that has both; the largest where none has. */
    static FargateSize atLeast(double cpus, int memoryMib) {
        return ALL.stream()
                .filter(size -> size.cpu >= cpus * 1024 && size.memoryMib >= memoryMib)
                .findFirst()
                .orElse(ALL.getLast());
    }

    static boolean isEnough(double cpus, int memoryMib) {
        return cpus * 1024 <= ALL.getLast().cpu && memoryMib <= ALL.getLast().memoryMib;
    }

    private static List<FargateSize> all() {
        List<FargateSize> small =
                List.of(new FargateSize(256, 512), new FargateSize(256, 1024), new FargateSize(256, 2048));
        return Stream.of(
                        small.stream(),
                        range(512, 1, 4, 1),
                        range(1024, 2, 8, 1),
                        range(2048, 4, 16, 1),
                        range(4096, 8, 30, 1),
                        range(8192, 16, 60, 4),
                        range(16384, 32, 120, 8))
                .flatMap(sizes -> sizes)
                .toList();
    }

    private static Stream<FargateSize> range(int cpu, int fromGb, int toGb, int step) {
        return IntStream.iterate(fromGb, gb -> gb <= toGb, gb -> gb + step)
                .mapToObj(gb -> new FargateSize(cpu, gb * 1024));
    }
}
