/** The AWS account that the pipeline runs in: clients and secrets, for steps, workers and the command line. */
@org.jspecify.annotations.NullMarked
package dev.slipway.account;
