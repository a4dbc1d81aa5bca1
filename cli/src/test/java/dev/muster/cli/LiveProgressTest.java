package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.InventoryRun.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveProgressTest {
    @Test
    void noLineIsWiderThanTheTerminalHoweverLongNamesAre() {
        Map<String, String> variables = Map.of("MUSTER_TERMINALS", "2", "NO_COLOR", "1", "COLUMNS", "40");
        Console console = new Console(System.out, System.err, Typed.world(Path.of("home"), variables));
        List<String> lines = LiveProgress.lines(
                console,
                "inventory",
                List.of(progress("production-of-the-european-department"), progress("日本".repeat(10)), progress("lab")),
                Duration.ofSeconds(1));
        assertThat(lines)
                .hasSize(4)
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThan(40));
        assertThat(lines.getLast().strip()).startsWith("lab  ");
    }

    private static Progress progress(String cloud) {
        return new Progress(cloud, "a_table", 1000, 50, 100, false, false, 1);
    }
}
