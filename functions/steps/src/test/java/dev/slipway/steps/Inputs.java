package dev.slipway.steps;

import java.lang.reflect.ParameterizedType;

/** The input types of the steps. */
final class Inputs {
    private Inputs() {}

    /** The type a step of that name reads. @throws AssertionError if there is no such step */
    static Class<?> of(String step) {
        try {
            Class<?> handler = Class.forName(Step.class.getPackageName() + "." + step);
            ParameterizedType parent =
                    (ParameterizedType) handler.asSubclass(Step.class).getGenericSuperclass();
            return (Class<?>) parent.getActualTypeArguments()[0];
        } catch (ClassNotFoundException e) {
            throw new AssertionError("there is no step " + step, e);
        }
    }
}
