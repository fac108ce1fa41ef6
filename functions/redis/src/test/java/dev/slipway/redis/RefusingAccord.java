package dev.slipway.redis;

import dev.slipway.migration.Accord;

/** Another store refuses to be turned, after something was done meanwhile. */
final class RefusingAccord extends Accord.Alone {
    private final String question;
    private final Runnable meanwhile;

    /** @param question by its method's name */
    RefusingAccord(String question, Runnable meanwhile) {
        this.question = question;
        this.meanwhile = meanwhile;
    }

    @Override
    public boolean mayFence() {
        return answered("mayFence");
    }

    @Override
    public boolean mayOpen() {
        return answered("mayOpen");
    }

    private boolean answered(String asked) {
        if (asked.equals(question)) {
            meanwhile.run();
            throw new NoAccord("the other store is not reached");
        }
        return true;
    }
}
