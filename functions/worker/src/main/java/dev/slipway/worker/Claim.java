package dev.slipway.worker;

/** Says that the content of a target store was put there by this migration, since the attempt of that number. */
record Claim(String target, int attempt) {}
