/** Makes a target the same as its source by replacing what differs. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.repair;
