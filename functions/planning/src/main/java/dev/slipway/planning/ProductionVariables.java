package dev.slipway.planning;

import java.util.Optional;
import java.util.regex.Pattern;

/** Variables that mean another thing while developing. */
final class ProductionVariables {
    /** A switch that lets everybody in: where it is on, the plan is blocked. */
    private static final Pattern BYPASS =
            Pattern.compile("(?i).*(bypass_?auth|auth_?bypass|disable_?auth|skip_?auth|no_?auth)(_.*)?");

    private static final Pattern OFF = Pattern.compile("(?i)|0|false|no|off");
    private static final Pattern MODE = Pattern.compile("NODE_ENV|APP_ENV|RAILS_ENV|RACK_ENV|FLASK_ENV|MIX_ENV|GO_ENV"
            + "|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT|SPRING_PROFILES_ACTIVE|ENVIRONMENT");
    private static final Pattern DEVELOPMENT = Pattern.compile("(?i)dev|develop|development|local");
    private static final Pattern DEBUG = Pattern.compile("(?:.*_)?DEBUG");
    private static final Pattern ON = Pattern.compile("(?i)1|true|yes|on");

    private ProductionVariables() {}

    static boolean isBypass(String name) {
        return BYPASS.matcher(name).matches();
    }

    static boolean isOn(String value) {
        return !OFF.matcher(value).matches();
    }

    static boolean isDebug(String name, String value) {
        return DEBUG.matcher(name).matches() && ON.matcher(value).matches();
    }

    /** The value in production, where this one is development's. */
    static Optional<String> instead(String name, String value) {
        if (MODE.matcher(name).matches() && DEVELOPMENT.matcher(value).matches()) {
            return Optional.of(Character.isUpperCase(value.charAt(0)) ? "Production" : "production");
        }
        return name.equals("LOG_LEVEL") && value.matches("(?i)debug|trace")
                ? Optional.of(value.equals(value.toUpperCase(java.util.Locale.ROOT)) ? "INFO" : "info")
                : Optional.empty();
    }
}
