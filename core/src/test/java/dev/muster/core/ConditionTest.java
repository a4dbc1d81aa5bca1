package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static Column column(ColumnType type) {
        return new Column("c", type, "A column.", Column.at("/c"));
    }

    private static boolean holds(String condition, ColumnType type, Object value) {
        return Condition.parse(condition).getFirst().on(column(type)).test(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c = web-1 | web-1 | true",
                "c = 'web 1' | web 1 | true",
                "c = 'it''s' | it's | true",
                "c != web | db | true",
                "c in (a, 'b c', d) | b c | true",
                "c in (a, b) | c | false",
                "c like 'web%' | web-17 | true",
                "c like 'web_' | web-17 | false",
                "c like '100.%' | 100.1 | true",
                "c like '100.%' | 100x1 | false",
                "c < b | a | true",
                "c IS NOT NULL | a | true",
                "c is null | a | false",
            })
    void textsAreCompared(String condition, String value, boolean holds) {
        assertThat(holds(condition, ColumnType.TEXT, value)).isEqualTo(holds);
    }

    @Test
    void numbersTimesAndTruthsAreComparedAsWhatTheyAre() {
        assertThat(holds("c >= 1024", ColumnType.INTEGER, 4096L)).isTrue();
        assertThat(holds("c < 9", ColumnType.INTEGER, 10L)).isFalse();
        assertThat(holds("c > 0.5", ColumnType.DECIMAL, 0.75)).isTrue();
        assertThat(holds("c = TRUE", ColumnType.BOOLEAN, true)).isTrue();
        assertThat(holds("c >= 2026-11-21", ColumnType.TIME, Instant.parse("2026-11-21T00:00:00Z")))
                .isTrue();
        assertThat(holds("c < 2026-11-21T10:00:00+02:00", ColumnType.TIME, Instant.parse("2026-11-21T07:59:59Z")))
                .isTrue();
    }

    @Test
    void whatIsAbsentMeetsNothingButIsNull() {
        for (String condition : List.of("c = a", "c != a", "c < a", "c in (a)", "c like '%'", "c is not null")) {
            assertThat(holds(condition, ColumnType.TEXT, null)).as(condition).isFalse();
        }
        assertThat(holds("c is null", ColumnType.JSON, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "status =",
                "= a",
                "status = 'a",
                "status = a b",
                "status = a and",
                "status in a",
                "status in (a",
                "status is a",
                "a = 1 or b = 2",
                "Status = a",
                "status = null",
            })
    void whatCannotBeUnderstoodIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> Condition.parse(text))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("expected")
                .hasMessageContaining("at character");
    }

    @Test
    void aTextWithoutItsSecondQuoteIsToldAsSuch() {
        assertThatThrownBy(() -> Condition.parse("name = 'web and status = up"))
                .hasMessageEndingWith(
                        "expected a quote that ends the one that begins at character 8, found 'web and status = up");
        assertThatThrownBy(() -> Condition.parse("name = a & b"))
                .hasMessageEndingWith("expected a word, a sign or a text in quotes at character 10, found & b");
    }

    @Test
    void whatDoesNotFitTheColumnIsRefused() {
        assertThatThrownBy(() -> holds("c > x", ColumnType.INTEGER, 1L))
                .hasMessageContainingAll("c > x", "'x'", "integer");
        assertThatThrownBy(() -> holds("c > true", ColumnType.BOOLEAN, true)).hasMessageContaining("boolean");
        assertThatThrownBy(() -> holds("c = a", ColumnType.JSON, null)).hasMessageContaining("json");
        assertThatThrownBy(() -> holds("c like 'a%'", ColumnType.TIME, null)).hasMessageContaining("texts only");
        assertThatThrownBy(() -> holds("c = yesterday", ColumnType.TIME, null)).hasMessageContaining("'yesterday'");
    }

    @Test
    void aConditionIsReadBackFromItsText() {
        Random random = new Random(11);
        String letters = "ab1'_%- .Äß()=<,";
        for (int i = 0; i < 3000; i++) {
            StringBuilder value = new StringBuilder();
            for (int l = 0; l < 1 + random.nextInt(6); l++) {
                value.append(letters.charAt(random.nextInt(letters.length())));
            }
            Condition.Op op = List.of(Condition.Op.values()).get(random.nextInt(Condition.Op.values().length));
            List<String> values = switch (op) {
                case NULL, NOT_NULL -> List.of();
                case IN -> List.of(value.toString(), "and", "x");
                default -> List.of(value.toString());
            };
            Condition condition = new Condition("a.b_1", op, values);
            assertThat(Condition.parse(condition + " and " + condition)).containsExactly(condition, condition);
        }
    }

    @Test
    void aValueMayBeLong() {
        String value = "it's ".repeat(20_000);
        assertThat(Condition.parse("name = '" + value.replace("'", "''") + "'"))
                .containsExactly(new Condition("name", Condition.Op.EQUAL, List.of(value)));
    }
}
