@org.jspecify.annotations.NullMarked
package dev.slipway.local.demo;
