package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    @Test
    void aPipeGetsNoColoursNoProgressAndEveryColumn() {
        Console console = console(Map.of("COLUMNS", "40"));
        assertThat(console.palette().on()).isFalse();
        assertThat(console.progressIsWelcome()).isFalse();
        assertThat(console.width()).isEqualTo(Console.UNLIMITED);
    }

    @Test
    void aTerminalGetsColoursProgressAndLinesThatFit() {
        Console console = console(Map.of("MUSTER_TERMINALS", "12", "MUSTER_COLUMNS", "132"));
        assertThat(console.palette().on()).isTrue();
        assertThat(console.progressIsWelcome()).isTrue();
        assertThat(console.width()).isEqualTo(132);
    }

    @Test
    void outputIntoAPipeLeavesProgressOnTheTerminal() {
        Console console = console(Map.of("MUSTER_TERMINALS", "2"));
        assertThat(console.palette().on()).isFalse();
        assertThat(console.progressIsWelcome()).isTrue();
    }

    @Test
    void columnsSaidByTheUserWin() {
        assertThat(console(Map.of("MUSTER_TERMINALS", "1", "MUSTER_COLUMNS", "132", "COLUMNS", "90"))
                        .width())
                .isEqualTo(90);
        assertThat(console(Map.of("MUSTER_TERMINALS", "1", "COLUMNS", "many")).width())
                .isEqualTo(80);
    }

    @Test
    void noColorAndDumbTerminalsAreHeeded() {
        assertThat(console(Map.of("MUSTER_TERMINALS", "12", "NO_COLOR", "1"))
                        .palette()
                        .on())
                .isFalse();
        Console dumb = console(Map.of("MUSTER_TERMINALS", "12", "TERM", "dumb"));
        assertThat(dumb.palette().on()).isFalse();
        assertThat(dumb.progressIsWelcome()).isFalse();
    }

    private static Console console(Map<String, String> variables) {
        return new Console(System.out, System.err, new Environment(variables, Path.of("home"), Path.of("")));
    }
}
