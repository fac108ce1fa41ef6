package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.planning.PriceFile;
import dev.slipway.planning.PriceSource;
import org.junit.jupiter.api.Test;

class PriceFileTest extends PriceSourceContract {
    @Override
    PriceSource source() {
        return new PriceFile();
    }

    @Test
    void holdsNoRegionThatItHasNoColumnOf() {
        assertThat(source().holds("ap-south-1")).isFalse();
    }
}
