/** A plan as a person reads it: what is said once of several parts, and the page. */
@org.jspecify.annotations.NullMarked
package dev.slipway.report.plan;
