@org.jspecify.annotations.NullMarked
package dev.slipway.objects.settings;
