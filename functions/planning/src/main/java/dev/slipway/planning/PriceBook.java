package dev.slipway.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The prices of one region: the source's own, else the file's, else the file's of {@value PriceFile#HOME}. Whatever is not the
 * source's own of the region is told in {@link #remarks}.
 */
final class PriceBook {
    private final PriceSource source;
    private final PriceSource file;
    private final String region;
    private final Set<String> elsewhere = new TreeSet<>();
    private final Set<String> fromFile = new TreeSet<>();

    PriceBook(PriceSource source, PriceSource file, String region) {
        this.source = source;
        this.file = file;
        this.region = region;
    }

    static PriceBook ofFile(String region) {
        PriceFile file = new PriceFile();
        return new PriceBook(file, file, region);
    }

    /** Empty where no source has a price of that name. */
    Optional<Price> find(String name) {
        return source.price(name, region).or(() -> {
            Optional<Price> inFile = file.price(name, region).or(() -> file.price(name, PriceFile.HOME));
            inFile.ifPresent(price -> note(name, price));
            return inFile;
        });
    }

    /** @throws IllegalStateException if no source has it: the tables beside this class name each other's rows */
    Price of(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("prices.psv has no price of " + name));
    }

    private void note(String name, Price price) {
        if (!price.region().equals(region)) {
            elsewhere.add(name);
        } else if (!source.name().equals(file.name())) {
            fromFile.add(name);
        }
    }

    String asOf() {
        return source.asOf();
    }

    String source() {
        return source.name();
    }

    /** The region most prices are for. */
    String region() {
        return source.holds(region) ? region : PriceFile.HOME;
    }

    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!source.holds(region)) {
            remarks.add(source.name() + " has no prices of " + region + ": all figures are those of " + PriceFile.HOME);
        } else if (!elsewhere.isEmpty()) {
            remarks.add(source.name() + " lacks prices of " + region + " for " + String.join(", ", elsewhere)
                    + ": these figures are those of " + PriceFile.HOME);
        }
        if (!fromFile.isEmpty()) {
            remarks.add("From " + file.name() + " of " + file.asOf() + ", since " + source.name()
                    + " is not asked for them: " + String.join(", ", fromFile));
        }
        return remarks;
    }
}
