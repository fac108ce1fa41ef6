package dev.slipway.objects.inspect;

import dev.slipway.objects.place.FileNames;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** How many bytes a file takes on its disk, asked of Linux, because Java does not tell (<i>statx(2)</i>). */
final class AllocatedBytes {
    private static final int HERE = -100;
    private static final int FOLLOWING_LINKS = 0;
    private static final int STATX_BLOCKS = 0x400;
    private static final int BYTES_OF_STATX = 256;
    private static final int OFFSET_OF_MASK = 0;
    private static final int OFFSET_OF_BLOCKS = 48;
    private static final int BLOCK = 512;

    @SuppressWarnings("restricted")
    private final Optional<MethodHandle> statx = Linker.nativeLinker()
            .defaultLookup()
            .find("statx")
            .map(it -> Linker.nativeLinker()
                    .downcallHandle(
                            it,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS)));

    /** Empty where there is no telling: on another system, or of a file that is gone. */
    OptionalLong of(Path file) {
        return statx.map(it -> ask(it, file)).orElse(OptionalLong.empty());
    }

    private static OptionalLong ask(MethodHandle statx, Path file) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] name = FileNames.bytes(file);
            MemorySegment path = arena.allocate(name.length + 1L);
            MemorySegment.copy(name, 0, path, ValueLayout.JAVA_BYTE, 0, name.length);
            MemorySegment facts = arena.allocate(BYTES_OF_STATX, Long.BYTES);
            int failed = (int) statx.invokeExact(HERE, path, FOLLOWING_LINKS, STATX_BLOCKS, facts);
            boolean told = failed == 0 && (facts.get(ValueLayout.JAVA_INT, OFFSET_OF_MASK) & STATX_BLOCKS) != 0;
            return told
                    ? OptionalLong.of(facts.get(ValueLayout.JAVA_LONG, OFFSET_OF_BLOCKS) * BLOCK)
                    : OptionalLong.empty();
        } catch (Throwable e) {
            throw new IllegalStateException("statx takes these arguments", e);
        }
    }
}
