package dev.slipway.migration;

/** Whose fence it is: one attempt at the migration of one app. A later attempt may lift an earlier one's fence, never the other way. */
public record FenceToken(String app, int attempt) {

    /** Whether this holder may lift a fence of that one. */
    public boolean mayLift(FenceToken standing) {
        return app.equals(standing.app) && attempt >= standing.attempt;
    }

    @Override
    public String toString() {
        return app + "#" + attempt;
    }

    /** @throws IllegalArgumentException if the text was not written by {@link #toString()} */
    public static FenceToken parse(String text) {
        int hash = text.lastIndexOf('#');
        if (hash < 1) {
            throw new IllegalArgumentException("not a fence token: " + text);
        }
        return new FenceToken(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
    }
}
