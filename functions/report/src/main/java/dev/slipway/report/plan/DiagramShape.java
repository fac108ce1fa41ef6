package dev.slipway.report.plan;

/**
 * How a diagram is laid out, in its own units, which are about pixels.
 *
 * @param id what the names of its parts begin with
 * @param width of all
 * @param column how wide each side is
 * @param rail room at the right for the load balancer's line
 * @param name size of the names' letters
 * @param padding between a side and its boxes
 * @param roomy whether there is room for pictures, and for words on the lines
 */
record DiagramShape(String id, int width, int column, int rail, int name, int padding, boolean roomy) {
    static final DiagramShape WIDE = new DiagramShape("wide", 820, 324, 20, 13, 10, true);
    static final DiagramShape NARROW = new DiagramShape("narrow", 310, 138, 12, 11, 7, false);

    int boxWidth() {
        return column - 2 * padding;
    }

    int leftBox() {
        return padding;
    }

    int rightFrame() {
        return width - column - rail;
    }

    int rightBox() {
        return rightFrame() + padding;
    }

    /** The text, shortened to what fits beside the picture. Letters of a font that is not known are taken for wide ones. */
    String fitted(String text, double size, int room) {
        return text.codePoints().mapToDouble(DiagramShape::widthOf).sum() * size <= room
                ? text
                : shortened(text, room / size - widthOf('…')).strip() + "…";
    }

    private static String shortened(String text, double room) {
        double left = room;
        int end = 0;
        while (left > 0 && end < text.length()) {
            int letter = text.codePointAt(end);
            left -= widthOf(letter);
            end += left < 0 ? 0 : Character.charCount(letter);
        }
        return text.substring(0, end);
    }

    private static double widthOf(int letter) {
        if (letter >= 0x1100 || letter == '…') {
            return 1.05;
        }
        if ("MWmw@%".indexOf(letter) >= 0) {
            return 0.88;
        }
        if ("ijltfrI.,:;'|!()[]/ -".indexOf(letter) >= 0) {
            return 0.38;
        }
        return Character.isUpperCase(letter) ? 0.7 : 0.58;
    }
}
