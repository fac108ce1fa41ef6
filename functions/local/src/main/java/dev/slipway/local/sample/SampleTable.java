package dev.slipway.local.sample;

import java.io.IOException;
import java.io.OutputStream;

/** One table of the sample data: how many rows it gets and what each of them says. */
record SampleTable(String name, String columns, long rows, RowWriter writer) {

    /** Writes the row of a number, counted from 0. */
    @FunctionalInterface
    interface RowWriter {
        void write(long row, Draw draw, CopyText text) throws IOException;
    }

    String copyStatement() {
        return "COPY " + name + " (" + columns + ") FROM STDIN";
    }

    void writeTo(OutputStream out) throws IOException {
        Draw draw = new Draw(name);
        CopyText text = new CopyText(out);
        for (long row = 0; row < rows; row++) {
            writer.write(row, draw, text);
        }
        text.flush();
    }
}
