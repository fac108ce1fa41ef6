package dev.slipway.blueprints;

/** What the app may do in a Redis of the target, as an ElastiCache user's access string. */
public final class CacheAccess {
    public static final String READ = "on ~* &* -@all +@read +@connection +@transaction +info +select";
    public static final String WRITE = "on ~* &* +@all -@admin -@dangerous +info +keys";

    private CacheAccess() {}
}
