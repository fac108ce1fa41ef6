package dev.slipway.compose;

import dev.slipway.compose.routes.ConfigText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of a crontab. */
final class Crontab {
    private static final Pattern LINE = Pattern.compile("\\s*(@\\w+|(?:[\\w*,/?-]+\\s+){4}[\\w*,/?-]+)\\s+(\\S.*)");

    private Crontab() {}

    /** @param schedule empty where EventBridge has no words for it */
    record Line(String times, Optional<String> schedule, String command, String from) {}

    static List<Line> read(ConfigText file) {
        boolean namesUser = file.target().matches("/etc/crontab|/etc/cron\\.d/.*");
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : file.text().split("\n", -1)) {
            number++;
            Matcher line = LINE.matcher(text);
            if (!text.strip().startsWith("#")
                    && line.matches()
                    && !line.group(1).equals("@reboot")) {
                String command =
                        line.group(2).replaceFirst("\\s*(>>?|\\d>).*$", "").strip();
                lines.add(new Line(
                        line.group(1),
                        Schedules.of(line.group(1)),
                        namesUser ? command.replaceFirst("^\\S+\\s+", "") : command,
                        file.name() + ":" + number));
            }
        }
        return lines;
    }
}
