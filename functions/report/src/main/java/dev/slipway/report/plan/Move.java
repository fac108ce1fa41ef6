package dev.slipway.report.plan;

import java.util.Optional;

/**
 * One line of the diagram: a part as it is today, and what takes its place.
 *
 * @param label what happens on the way, in a word or two
 * @param entered whether requests come in by the load balancer
 */
record Move(Side today, Side then, String label, Kind kind, boolean entered) {
    /** How the line looks. */
    enum Kind {
        /** It runs or is made anew. */
        MOVED,
        /** Its data is copied. */
        COPIED,
        /** It stays, or nothing takes its place. */
        LEFT
    }

    /** A box: a picture, what it is called, and what more there is to know. */
    record Side(Icon icon, String name, String detail) {
        String text() {
            return detail.isEmpty() ? name : name + " (" + detail + ")";
        }
    }

    static Move moved(Side today, Side then, String label) {
        return new Move(today, then, label, Kind.MOVED, false);
    }

    Move enteredIf(boolean entered) {
        return new Move(today, then, label, kind, entered);
    }

    /** As a sentence, for those who do not see the diagram. */
    String sentence() {
        return kind == Kind.LEFT
                ? today.name() + ": " + then.text() + "."
                : today.text() + " becomes " + then.text() + ".";
    }

    /** The picture in a box, 16 units wide and high. */
    enum Icon {
        ENTRANCE("M1.5 8h9M7 4.5 10.5 8 7 11.5M14 2v12"),
        SERVICE("M8 1.5 14 5v6l-6 3.5L2 11V5zM2 5l6 3.5L14 5M8 8.5v6"),
        JOB("M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M8 4.5V8l2.5 2"),
        DATABASE(
                "M2.5 4c0-1.4 2.5-2.5 5.5-2.5s5.5 1.1 5.5 2.5-2.5 2.5-5.5 2.5S2.5 5.4 2.5 4v8c0 1.4 2.5 2.5 5.5 2.5s5.5-1.1"
                        + " 5.5-2.5V4M2.5 8c0 1.4 2.5 2.5 5.5 2.5s5.5-1.1 5.5-2.5"),
        FOLDER("M1.5 3.5v9h13v-7h-7l-1.5-2z"),
        BUCKET("M2 3.5l1.5 10h9l1.5-10c0-1-2.7-1.8-6-1.8S2 2.5 2 3.5c0 1 2.7 1.8 6 1.8s6-.8 6-1.8"),
        OTHER("M2.5 4.5h11M2.5 8h11M2.5 11.5h7");

        private final String path;

        Icon(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }

        static Optional<Icon> of(String engine) {
            return switch (engine) {
                case "folder" -> Optional.of(FOLDER);
                case "minio", "bucket" -> Optional.of(BUCKET);
                default -> Optional.empty();
            };
        }
    }
}
