package dev.muster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimOptionsTest {
    @Test
    void theDefaultsAreASmallFastFaultlessCloud() {
        assertThat(SimOptions.defaults())
                .isEqualTo(new SimOptions(
                        100,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        0,
                        0,
                        Duration.ZERO,
                        List.of(),
                        1,
                        0));
    }

    @Test
    void timesAreReadWithTheirUnits() {
        assertThat(SimOptions.duration("20ms")).isEqualTo(Duration.ofMillis(20));
        assertThat(SimOptions.duration("1.5s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(SimOptions.duration("250us")).isEqualTo(Duration.ofNanos(250_000));
        assertThat(SimOptions.duration("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(SimOptions.duration("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(SimOptions.duration("0")).isZero();
        for (String wrong : List.of("20", "ms", "-1s", "1 day", "")) {
            assertThatThrownBy(() -> SimOptions.duration(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void failuresAreReadFromTextAndWrittenBack() {
        String text = "500:1.0%,truncated@/vms/*/nics:3,401@/vms,stall";
        List<FailureRule> rules = FailureRule.parseAll(text);
        assertThat(rules)
                .containsExactly(
                        FailureRule.always(Failure.ERROR_HTML).share(0.01),
                        FailureRule.always(Failure.TRUNCATED).at("/vms/*/nics").times(3),
                        FailureRule.always(Failure.UNAUTHORIZED).at("/vms"),
                        FailureRule.always(Failure.STALL));
        assertThat(String.join(",", rules.stream().map(FailureRule::toString).toList()))
                .isEqualTo(text);
        assertThat(FailureRule.parseAll("")).isEmpty();
    }

    @Test
    void failuresThatMakeNoSenseAreNamed() {
        for (String wrong : List.of("418", "500:often", "500:0%", "500:200%", "500:0")) {
            assertThatThrownBy(() -> FailureRule.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> FailureRule.parse("418"))
                .hasMessageContaining("418")
                .hasMessageContaining("truncated");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> SimOptions.defaults().vms(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SimOptions.defaults().port(70_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SimOptions.defaults().rtt(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
