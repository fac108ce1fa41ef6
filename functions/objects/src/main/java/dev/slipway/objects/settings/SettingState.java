package dev.slipway.objects.settings;

/** What could be learnt of a setting. That there is none and that nobody knows are never the same. */
public sealed interface SettingState {
    /** In words, for a person. */
    String text();

    /**
     * It is set.
     *
     * @param value maps, lists, texts, numbers and truth values; in the words of CloudFormation where a plan carries it
     */
    record Present(Object value, String text) implements SettingState {}

    /** The bucket has none. */
    record Absent() implements SettingState {
        @Override
        public String text() {
            return "none";
        }
    }

    /** The server does not know the question. */
    record NotSupported() implements SettingState {
        @Override
        public String text() {
            return "not supported by this server";
        }
    }

    /** The login may not ask. */
    record NotPermitted() implements SettingState {
        @Override
        public String text() {
            return "not permitted to this login";
        }
    }

    /** It failed otherwise. */
    record Unknown(String why) implements SettingState {
        @Override
        public String text() {
            return "unknown: " + why;
        }
    }
}
