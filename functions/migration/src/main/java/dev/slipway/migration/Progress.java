package dev.slipway.migration;

/** Hears how far a long piece of work is; called often and from any thread, so it must be cheap. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = amount -> {};

    void report(Amount amount);

    /** That something is done whose amount is not counted. */
    default void say(String what) {
        report(new Amount(what, 0, 0, 0, 0));
    }

    /**
     * How far the work is.
     *
     * @param what the table, key range or folder at hand
     * @param items rows, keys or objects done so far
     * @param ofItems of how many; 0 where unknown
     * @param bytes done so far
     * @param ofBytes of how many; 0 where unknown
     */
    record Amount(String what, long items, long ofItems, long bytes, long ofBytes) {
        /** Of how many there are in all is unknown where either does not know it. */
        Amount plus(Amount other, String at) {
            return new Amount(
                    at,
                    items + other.items,
                    ofItems == 0 || other.ofItems == 0 ? 0 : ofItems + other.ofItems,
                    bytes + other.bytes,
                    ofBytes == 0 || other.ofBytes == 0 ? 0 : ofBytes + other.ofBytes);
        }

        /** The same, of one of several pieces of work. */
        public Amount of(String name) {
            return new Amount(name + ": " + what, items, ofItems, bytes, ofBytes);
        }

        /**
         * The same, where of how many items there are in all is unknown.
         *
         * @param estimated bytes in all; 0 where unknown
         */
        Amount of(long estimated) {
            return new Amount(what, items, 0, bytes, estimated == 0 ? 0 : Math.max(estimated, bytes));
        }
    }
}
