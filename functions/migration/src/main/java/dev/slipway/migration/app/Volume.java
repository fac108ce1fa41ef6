package dev.slipway.migration.app;

import java.util.Optional;

/**
 * Something mounted into a service.
 *
 * @param source a volume's name or a path of the host; empty where it has none
 * @param store the store that it is, where the app keeps files in it
 */
public record Volume(String source, String target, boolean readOnly, Optional<String> store) {}
