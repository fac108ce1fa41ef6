package dev.slipway.local.sample;

import java.net.InetSocketAddress;

/** A service of a sample app, at work. */
public interface SampleProgram extends AutoCloseable {
    InetSocketAddress address();

    @Override
    void close();
}
