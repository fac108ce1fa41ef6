package dev.slipway.servers;

/** A release of Redis or Valkey that tests copy from and to. */
public enum RedisRelease {
    REDIS_5_0,
    REDIS_6_2,
    REDIS_7_0,
    REDIS_8_0,
    VALKEY_8_1
}
