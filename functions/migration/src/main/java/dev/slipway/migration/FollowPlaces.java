package dev.slipway.migration;

import java.util.Optional;

/** Where it is remembered what was done between two stores: a place for each pair, which its copies use too. */
@FunctionalInterface
public interface FollowPlaces {
    /** Empty where nothing can be written there. */
    Optional<PairPlace> of(StoreUrl source, StoreUrl target);
}
