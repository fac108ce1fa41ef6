package dev.slipway.local.account;

import java.util.Map;

/** The function of the tests: it refuses if it is asked to, and answers what it got otherwise. */
public final class Probe {
    public Map<String, Object> handle(Map<String, Object> event) {
        if (event.containsKey("refuse")) {
            throw new ProbeRefused("no \"such\" table");
        }
        return event;
    }
}
