package dev.slipway.worker;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long neither side may take writes: {@code 60s}, {@code 5m}. */
final class MaxPause implements ITypeConverter<Duration> {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,4})(s|m)");

    @Override
    public Duration convert(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time such as 60s or 5m");
        }
        long amount = Long.parseLong(found.group(1));
        return found.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMinutes(amount);
    }
}
