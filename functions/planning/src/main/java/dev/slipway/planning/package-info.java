/** Makes an app and its slipway.yaml into a plan. Pure: no network, no clock, no files but its own tables. */
@org.jspecify.annotations.NullMarked
package dev.slipway.planning;
