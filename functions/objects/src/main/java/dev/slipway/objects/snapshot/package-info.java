/** Takes safety copies. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.snapshot;
