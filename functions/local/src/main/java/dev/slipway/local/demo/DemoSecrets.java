package dev.slipway.local.demo;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The passwords of one demo, made for it. */
record DemoSecrets(String postgres, String redis, String jwt, String encryption, String grafana) {

    static DemoSecrets random() {
        return new DemoSecrets(text(), text(), text(), text(), text());
    }

    private static String text() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "DemoSecrets[…]";
    }
}
