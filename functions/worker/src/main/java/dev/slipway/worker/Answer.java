package dev.slipway.worker;

/** The token of the state that waits for a worker. */
interface Answer {

    /** Says that the worker lives. @return false where the state does not wait any more: the worker has to stop */
    boolean alive();

    /** Ends the state well, with a small JSON document. */
    void succeed(String json);

    /** Ends the state with an error's name and one line. */
    void fail(String error, String cause);
}
