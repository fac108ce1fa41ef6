package dev.slipway.objects.copy;

import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.ReadRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in our words why a copy ended. */
final class FailedCopy {
    private FailedCopy() {}

    /** Work on both sides. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** @param what is tried */
    static <T> T told(String what, Work<T> work) {
        try {
            return work.run();
        } catch (ReadRefused e) {
            throw e.inWords("; nothing was changed");
        } catch (SdkException e) {
            throw new CopyFailed(
                    what,
                    "S3 answered '" + e.getMessage() + "'",
                    "check the rights of these credentials and the bucket's policy",
                    e);
        } catch (IOException | UncheckedIOException e) {
            throw new StoreUnreachable(
                    what,
                    "it could not be read or written (" + e.getMessage() + ")",
                    "check that both sides answer",
                    e);
        }
    }
}
