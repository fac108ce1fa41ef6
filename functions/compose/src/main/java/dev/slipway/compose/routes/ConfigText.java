package dev.slipway.compose.routes;

/**
 * A configuration file of a proxy.
 *
 * @param name as it is told to people, from the app's folder
 * @param target where the container has it
 */
public record ConfigText(String name, String target, String text) {}
