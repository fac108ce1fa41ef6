/** YAML as trees that know where each part stands. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.yaml;
