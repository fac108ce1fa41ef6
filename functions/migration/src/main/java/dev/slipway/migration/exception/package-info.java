/** Every failure of Slipway: Lambda reports the class name as the error's type, and the machines' {@code ErrorEquals} name it. */
@org.jspecify.annotations.NullMarked
package dev.slipway.migration.exception;
