/** An app as it was found: what runs, what it keeps, and where; never a secret's value. */
@org.jspecify.annotations.NullMarked
package dev.slipway.migration.app;
