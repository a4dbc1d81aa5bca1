package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Alternatives.Chosen;
import dev.muster.core.Alternatives.Way;
import dev.muster.http.Headers;
import dev.muster.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is no table and can be had in several ways: which of them is chosen, without a socket. */
class AlternativesTest {
    private static final int LIGHT = 10;
    private static final double LIMIT = 50;
    private static final String HEAVY = "GET /machines/{id} with parts";
    private static final Way PARTS = new Way("parts", light());
    private static final Way WHOLE = new Way("whole", Map.of(HEAVY, 2 * LIGHT));
    private static final Alternatives DETAIL = new Alternatives("machine detail", LIMIT, List.of(PARTS, WHOLE));

    private static Map<String, Integer> light() {
        Map<String, Integer> requests = new LinkedHashMap<>();
        IntStream.range(0, LIGHT).forEach(i -> requests.put("GET /machines/{id}/part" + i, 1));
        return requests;
    }

    /** What a service's calls take, in seconds, and how many it answers at once. */
    private record Service(double light, double heavy, double width) {
        double takes(Way way, long machines) {
            double requests = (double) way.requests().size() * machines;
            double each = way.equals(WHOLE) ? heavy : light;
            double limited = (Math.ceil(requests / (LIMIT / 5)) - 1) / 5 + each;
            return Math.max(limited, Math.ceil(requests / width) * each);
        }

        Way best(long machines) {
            return takes(PARTS, machines) < takes(WHOLE, machines) ? PARTS : WHOLE;
        }

        /** Does what is chosen, and answers what that was. */
        Way asked(long machines, Measurements measurements) {
            Chosen chosen = new Planner().choose(DETAIL, machines, measurements.of("c"));
            for (long i = 0; i < machines; i++) {
                chosen.way()
                        .requests()
                        .keySet()
                        .forEach(operation -> measurements.answered(
                                "c", operation, 1, chosen.way().equals(WHOLE) ? heavy : light, 0));
            }
            measurements.ran(
                    "c", chosen.shape(), chosen.way().name(), takes(chosen.way(), machines), (double) machines, true);
            return chosen.way();
        }
    }

    private static Chosen choose(long machines, Measurements measurements) {
        return new Planner().choose(DETAIL, machines, measurements.of("c"));
    }

    @Test
    void whereNothingWasMeasuredFewAreAskedForInPartsAndManyWholeAsTheLimitWouldHoldTheirPartsBack() {
        Measurements nothing = new Measurements();
        Chosen one = choose(1, nothing);
        assertThat(one.way()).isEqualTo(PARTS);
        assertThat(one.expected().requests()).isEqualTo(LIGHT);
        assertThat(one.why()).contains("none was measured");
        Chosen many = choose(60, nothing);
        assertThat(many.way()).isEqualTo(WHOLE);
        assertThat(many.expected().requests()).isEqualTo(60);
        assertThat(many.others())
                .singleElement()
                .satisfies(parts -> assertThat(parts.expected().seconds()).isGreaterThan(60 * LIGHT / LIMIT - 1));
        Alternatives free = new Alternatives("machine detail", Double.POSITIVE_INFINITY, DETAIL.ways());
        assertThat(new Planner().choose(free, 6, Measured.nothing()).way()).isEqualTo(WHOLE);
        assertThat(new Planner().choose(free, 3, Measured.nothing()).way()).isEqualTo(PARTS);
    }

    @Test
    void whatTookLessIsTakenWhicheverThatIs() {
        Service heavyIsSlow = new Service(0.1, 2, 16);
        Service heavyIsFast = new Service(0.1, 0.02, 16);
        for (Service service : List.of(heavyIsSlow, heavyIsFast)) {
            Measurements measurements = new Measurements();
            assertThat(service.asked(1, measurements)).isEqualTo(PARTS);
            assertThat(service.asked(1, measurements))
                    .as("tried in the second run")
                    .isEqualTo(WHOLE);
            for (int i = 0; i < 50; i++) {
                assertThat(service.asked(1, measurements)).isEqualTo(service.best(1));
            }
        }
        assertThat(heavyIsSlow.best(1)).isEqualTo(PARTS);
        assertThat(heavyIsFast.best(1)).isEqualTo(WHOLE);
    }

    @Test
    void partsOfManyAreNotTriedAsTheLimitTellsThatTheyTakeLonger() {
        Service service = new Service(0.01, 0.3, 16);
        Measurements measurements = new Measurements();
        for (int i = 0; i < 50; i++) {
            assertThat(service.asked(60, measurements)).isEqualTo(WHOLE);
        }
    }

    @Test
    void numbersOfOneMagnitudeAreComparedAndOthersApart() {
        Measurements measurements = new Measurements();
        measurements.ran("c", choose(5, measurements).shape(), "parts", 1, 5, true);
        measurements.ran("c", choose(7, measurements).shape(), "whole", 2, 7, true);
        assertThat(choose(4, measurements).why()).contains("took the least of 2 ways");
        assertThat(choose(4, measurements).way()).isEqualTo(PARTS);
        assertThat(choose(8, measurements).why()).doesNotContain("took the least");
        assertThat(choose(1, measurements).shape())
                .isNotEqualTo(choose(2, measurements).shape());
    }

    @Test
    void afterTwoRunsItTakesTheBestOfRandomServices() {
        int missed = 0;
        int tried = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            double light = 0.005 + random.nextDouble() * 0.3;
            Service service = new Service(light, light * (0.5 + random.nextDouble() * 20), 2 + random.nextInt(30));
            long machines = 1L << random.nextInt(7);
            Measurements measurements = new Measurements();
            tried += service.asked(machines, measurements).equals(service.asked(machines, measurements)) ? 0 : 1;
            Way third = choose(machines, measurements).way();
            missed += service.takes(third, machines) <= 1.1 * service.takes(service.best(machines), machines) ? 0 : 1;
        }
        assertThat(missed).as("services whose best way was not found").isLessThan(50);
        assertThat(tried).as("services where another way was tried").isBetween(1, 999);
    }

    @Test
    void whatWasNotMuchSlowerInItsOnlyRunIsTriedAgainOnceInTheTwentieth() {
        for (double first : List.of(1.5, 2.5)) {
            Measurements measurements = new Measurements();
            measurements.ran("c", choose(1, measurements).shape(), "parts", first, 1, true);
            int again = 0;
            for (int run = 1; run < 100; run++) {
                Chosen chosen = choose(1, measurements);
                boolean parts = chosen.way().equals(PARTS);
                again += parts ? 1 : 0;
                assertThat(chosen.why()).matches(parts ? "tried again: .*" : "(tried once|took the least).*");
                measurements.ran("c", chosen.shape(), chosen.way().name(), parts ? first : 1, 1, true);
            }
            assertThat(again).isEqualTo(first < 2 ? 1 : 0);
        }
    }

    @Test
    void aWayThatIsAskedForByItsNameIsTakenWhateverWasMeasured() {
        Measurements measurements = new Measurements();
        measurements.ran("c", choose(1, measurements).shape(), "parts", 0.1, 1, true);
        measurements.ran("c", choose(1, measurements).shape(), "whole", 9, 1, true);
        assertThat(new Planner()
                        .way("whole")
                        .choose(DETAIL, 1, measurements.of("c"))
                        .way())
                .isEqualTo(WHOLE);
    }

    @Test
    void aRecordingNotesEachAnswerAndTheWholeAndWhatWasRefusedIsNotTakenAgain() {
        Measurements measurements = new Measurements();
        Chosen chosen = choose(60, measurements);
        Recording refused = measurements.recording("c", chosen);
        ResponseReader<String> reader = refused.noting(HEAVY, HttpResponse::text);
        HttpResponse answer =
                new HttpResponse(200, Headers.none(), new byte[] {'x'}, new HttpResponse.Timing(0, 500_000_000, 2, 1));
        assertThat(reader.read(answer)).isEqualTo("x");
        assertThat(measurements.of("c").plans()).isEmpty();
        assertThat(measurements.of("c").operations().get(HEAVY)).isEqualTo(Measured.Operation.NONE.answered(1, 0.5, 1));
        measurements.recording("c", choose(60, measurements)).refused();
        assertThat(choose(60, measurements).way()).isEqualTo(PARTS);
        measurements.recording("c", choose(60, measurements)).came(60);
        assertThat(measurements.of("c").plans())
                .containsOnlyKeys("machine detail 2^5")
                .hasEntrySatisfying(
                        "machine detail 2^5",
                        ways -> assertThat(ways)
                                .hasEntrySatisfying(
                                        "whole",
                                        runs -> assertThat(runs.failed()).isEqualTo(1))
                                .hasEntrySatisfying("parts", runs -> {
                                    assertThat(runs.failed()).isZero();
                                    assertThat(runs.rows()).isEqualTo(60);
                                }));
        assertThat(DETAIL.without(WHOLE).ways()).containsExactly(PARTS);
    }

    @Test
    void whatCannotBeChosenBetweenIsRefused() {
        assertThatThrownBy(() -> new Alternatives("x", 1, List.of())).hasMessageContaining("x: ways are one or more");
        assertThatThrownBy(() -> new Alternatives("x", 1, List.of(PARTS, PARTS)))
                .hasMessageContaining("a name");
        assertThatThrownBy(() -> new Alternatives("x", 0, List.of(PARTS))).hasMessageContaining("above 0, not 0.0");
    }
}
