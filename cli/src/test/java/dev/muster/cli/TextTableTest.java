package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    private static final Palette PLAIN = new Palette(false);

    @Test
    void wordsStandAtTheLeftAndNumbersAtTheRight() {
        TextTable table = new TextTable(List.of(TextTable.text("name"), TextTable.number("rows")));
        table.row(List.of("a", "1"));
        table.row(List.of("longer", "12 345"));
        assertThat(lines(table, 80)).containsExactly("NAME      ROWS", "a            1", "longer  12 345");
    }

    @Test
    void nothingIsCutForAProgram() {
        TextTable table = new TextTable(List.of(TextTable.text("a"), TextTable.text("b")));
        table.row(List.of("x".repeat(500), "y".repeat(500)));
        assertThat(lines(table, Console.UNLIMITED).get(1)).isEqualTo("x".repeat(500) + "  " + "y".repeat(500));
    }

    @Test
    void theWidestColumnsGiveWayFirst() {
        TextTable table = new TextTable(List.of(TextTable.text("id"), TextTable.text("what")));
        table.row(List.of("12345", "a description that goes on and on"));
        assertThat(lines(table, 24)).containsExactly("ID     WHAT", "12345  a description th…");
    }

    @Test
    void aKeyIsNeverCut() {
        TextTable table = new TextTable(List.of(new TextTable.Head("id", false, true), TextTable.text("name")));
        table.row(List.of("0123456789abcdef", "a name that is much longer"));
        assertThat(lines(table, 30).get(1)).isEqualTo("0123456789abcdef  a name that…");
    }

    @Test
    void columnsThatDoNotFitAreNamedBelow() {
        TextTable table = new TextTable(
                List.of(TextTable.text("one"), TextTable.text("two"), TextTable.text("three"), TextTable.text("four")));
        table.row(List.of("1".repeat(20), "2".repeat(20), "3".repeat(20), "4".repeat(20)));
        List<String> lines = lines(table, 30);
        assertThat(lines).last().isEqualTo("… and three, four");
        assertThat(lines).allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(30));
    }

    @Test
    void wideCharactersTakeTwoCellsAndMarksNone() {
        TextTable table = new TextTable(List.of(TextTable.text("name"), TextTable.text("next")));
        table.row(List.of("日本", "x"));
        table.row(List.of("e\u0301te\u0301", "x"));
        table.row(List.of("🦊", "x"));
        assertThat(lines(table, 80)).containsExactly("NAME  NEXT", "日本  x", "e\u0301te\u0301   x", "🦊    x");
        assertThat(TextWidth.of("🚀")).as("rocket").isEqualTo(2);
        assertThat(TextWidth.of("✅⭐")).as("check mark and star").isEqualTo(4);
        assertThat(TextWidth.of("🇩🇪")).as("flag").isEqualTo(2);
        assertThat(TextWidth.of("\u1112\u1161\u11ab")).as("decomposed Hangul").isEqualTo(2);
        assertThat(TextWidth.cut("日本語", 4)).isEqualTo("日…");
    }

    @Test
    void namesCannotSpeakToTheTerminal() {
        TextTable table = new TextTable(List.of(TextTable.text("name")));
        table.row(List.of("\u001b[2Jgone\nsecond line\u202e"));
        assertThat(lines(table, 80).get(1)).isEqualTo("\uFFFD[2Jgone\\nsecond line\uFFFD");
    }

    private static List<String> lines(TextTable table, int width) {
        List<String> lines = new ArrayList<>();
        table.print(width, PLAIN, lines::add);
        return lines;
    }
}
