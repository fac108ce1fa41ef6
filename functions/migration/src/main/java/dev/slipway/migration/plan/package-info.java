/** Everything that will be done, lost and paid, before anything is done; never a secret's value. */
@org.jspecify.annotations.NullMarked
package dev.slipway.migration.plan;
