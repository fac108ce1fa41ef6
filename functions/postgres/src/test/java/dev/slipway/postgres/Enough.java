package dev.slipway.postgres;

import java.util.concurrent.CountDownLatch;

/** The point at which a process waits for its end. */
final class Enough {
    private Enough() {}

    static void sayAndHang() {
        System.out.println("enough");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
