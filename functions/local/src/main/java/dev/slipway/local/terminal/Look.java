package dev.slipway.local.terminal;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the output can show.
 *
 * @param live whether lines can be drawn over
 * @param colour whether colours are wanted (<a href="https://no-color.org">NO_COLOR</a>)
 * @param unicode whether its charset has more than ASCII
 */
record Look(boolean live, boolean colour, boolean unicode) {

    static Look of(boolean interactive, Map<String, String> environment, Charset charset) {
        String terminal = environment.getOrDefault("TERM", "");
        boolean live = interactive && !terminal.isEmpty() && !terminal.equals("dumb");
        boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Look(live, colour, charset.newEncoder().canEncode("✓█░"));
    }
}
