/** What stops an app's writes to a folder. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.fence;
