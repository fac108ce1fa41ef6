/** What a person reads on a terminal: tables, colours, a plan. */
@org.jspecify.annotations.NullMarked
package dev.slipway.worker.text;
