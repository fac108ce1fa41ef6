package dev.slipway.migration;

/** A login of an app. */
public record AppLogin(String name, String password) {
    @Override
    public String toString() {
        return "AppLogin[" + name + "]";
    }
}
