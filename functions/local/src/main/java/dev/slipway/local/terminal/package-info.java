/** What a person sees of a run while it goes on. */
@org.jspecify.annotations.NullMarked
package dev.slipway.local.terminal;
