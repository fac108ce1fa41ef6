/** What a bucket has beside its objects. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.settings;
