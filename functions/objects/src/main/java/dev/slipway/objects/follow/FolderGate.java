package dev.slipway.objects.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.objects.fence.FolderFence;

/** A folder's fence, as long as it is ours. */
record FolderGate(FolderFence fence, FenceToken token) implements Gate {
    @Override
    public boolean closes() {
        return true;
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    public void close() {
        fence.fence(token);
        fence.awaitWriters(token);
    }

    @Override
    public void requireClosed() {
        fence.require(token);
    }

    /** Another one's fence stays. */
    @Override
    public void open() {
        if (fence.holder().filter(token::equals).isPresent()) {
            fence.unfence(token);
        }
    }
}
