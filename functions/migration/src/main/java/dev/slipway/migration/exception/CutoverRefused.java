package dev.slipway.migration.exception;

/** The stores did not change sides: the ones that took the writes before take them again. */
public final class CutoverRefused extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public CutoverRefused(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }
}
