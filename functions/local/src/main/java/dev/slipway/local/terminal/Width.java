package dev.slipway.local.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.IntSupplier;

/** How many columns the terminal has, asked of Linux each time, because a window may be resized (<i>ioctl_tty(2)</i>). */
final class Width implements IntSupplier {
    private static final int USUAL = 80;
    private static final int STANDARD_OUTPUT = 1;
    private static final long TIOCGWINSZ = 0x5413;
    private static final int BYTES_OF_WINSIZE = 8;
    private static final int OFFSET_OF_COLUMNS = 2;

    @SuppressWarnings("restricted")
    private final Optional<MethodHandle> ioctl = Linker.nativeLinker()
            .defaultLookup()
            .find("ioctl")
            .map(it -> Linker.nativeLinker()
                    .downcallHandle(
                            it,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS),
                            Linker.Option.firstVariadicArg(2)));

    /** 80 where there is no telling. */
    @Override
    public int getAsInt() {
        return ioctl.map(Width::ask).filter(it -> it > 0).orElse(USUAL);
    }

    private static int ask(MethodHandle ioctl) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(BYTES_OF_WINSIZE, Short.BYTES);
            int failed = (int) ioctl.invokeExact(STANDARD_OUTPUT, TIOCGWINSZ, size);
            return failed != 0 ? 0 : Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, OFFSET_OF_COLUMNS));
        } catch (Throwable e) {
            throw new IllegalStateException("ioctl takes these arguments", e);
        }
    }
}
