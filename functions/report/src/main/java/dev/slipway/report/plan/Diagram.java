package dev.slipway.report.plan;

import java.util.List;
import java.util.Optional;

/** The old side and the new one beside each other, a line for each part; its figures are those of its SVG. */
record Diagram(
        String id,
        int width,
        int height,
        String title,
        String description,
        List<Frame> frames,
        List<Heading> headings,
        List<Link> links,
        List<Box> boxes,
        Optional<Rail> rail) {

    /** Around one side. */
    record Frame(String text, int x, int textX, int width, int height) {}

    /** Above a group of lines. */
    record Heading(String text, int x, int y) {}

    /** From a box to the one that takes its place. */
    record Link(String tone, int from, int to, int y, int tip, Optional<Label> label) {}

    /** A word on a line, on a ground that hides the line behind it. */
    record Label(String text, int x, int y, int groundX, int groundY, int groundWidth) {}

    /** A part on one side. */
    record Box(
            String tone,
            String hint,
            int x,
            int y,
            int width,
            int height,
            Optional<Picture> icon,
            Line name,
            Optional<Line> detail) {}

    record Picture(int x, int y, String path) {}

    record Line(String text, int x, int y) {}

    /** What leads from the load balancer to the services that are reached by it. */
    record Rail(String path, String tips) {}
}
