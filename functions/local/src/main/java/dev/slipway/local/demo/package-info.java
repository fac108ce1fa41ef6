/** A whole migration of the sample app on this machine. */
@org.jspecify.annotations.NullMarked
package dev.slipway.local.demo;
