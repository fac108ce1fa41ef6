package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * *       | cron(0 3 * * ? *)",
                "*/15 * * * *    | cron(0,15,30,45 * * * ? *)",
                "30 2 * * 1-5    | cron(30 2 ? * MON-FRI *)",
                "0 0 * * 0       | cron(0 0 ? * SUN *)",
                "0 0 * * 7       | cron(0 0 ? * SUN *)",
                "0 0 * * 5-7     | cron(0 0 ? * SUN,FRI,SAT *)",
                "0 0 * * sun,wed | cron(0 0 ? * SUN,WED *)",
                "0 9-17/4 * * *  | cron(0 9,13,17 * * ? *)",
                "5 4 1 jan *     | cron(5 4 1 1 ? *)",
                "0 0 1-31 * *    | cron(0 0 * * ? *)",
                "10/20 * * * *   | cron(10,30,50 * * * ? *)",
                "0 0 12 * * ?    | cron(0 12 * * ? *)",
                "@daily          | cron(0 0 * * ? *)",
                "@Weekly         | cron(0 0 ? * SUN *)",
                "@monthly        | cron(0 0 1 * ? *)",
                "@every 5m       | rate(5 minutes)",
                "@every 1h       | rate(1 hour)",
                "@every 1h30m    | rate(90 minutes)",
                "TZ=Europe/Berlin 0 3 * * * | cron(0 3 * * ? *)"
            })
    void saysACrontabInTheWordsOfEventBridge(String crontab, String expected) {
        assertThat(Schedules.of(crontab)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 13 * 5",
                "@every 10s",
                "@reboot",
                "* * * *",
                "60 * * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * * 8",
                "a b c d e",
                "*/0 * * * *",
                "5-1 * * * *",
                "*/10 * * * * *",
                "",
                "1,,2 * * * *"
            })
    void saysNothingWhereEventBridgeHasNoWords(String crontab) {
        assertThat(Schedules.of(crontab)).isEmpty();
    }
}
