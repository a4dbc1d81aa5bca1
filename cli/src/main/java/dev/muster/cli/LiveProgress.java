package dev.muster.cli;

import dev.muster.core.InventoryRun;
import dev.muster.core.InventoryRun.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an inventory is, a line a cloud, drawn over itself on the standard error of a terminal and gone at the end. Draws
 * nothing where a program reads. Totals are what is known by now: they grow as listings tell what there is to ask.
 */
final class LiveProgress implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(70);
    private static final int BAR = 24;

    private final Console console;
    private final String title;
    private final InventoryRun run;
    private final long started = System.nanoTime();
    private final @Nullable Thread drawer;
    private int drawn;

    /** Starts drawing. */
    static LiveProgress of(Console console, String title, InventoryRun run) {
        return new LiveProgress(console, title, run, console.progressIsWelcome());
    }

    /** Draws nothing. */
    static LiveProgress none(Console console, InventoryRun run) {
        return new LiveProgress(console, "", run, false);
    }

    private LiveProgress(Console console, String title, InventoryRun run, boolean wanted) {
        this.console = console;
        this.title = title;
        this.run = run;
        this.drawer = wanted ? Thread.ofVirtual().start(this::drawUntilInterrupted) : null;
    }

    /** Stops and removes what was drawn. */
    @Override
    public void close() {
        if (drawer == null) {
            return;
        }
        drawer.interrupt();
        try {
            drawer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        console.err().print(up() + "\u001b[J");
        console.err().flush();
    }

    private void drawUntilInterrupted() {
        try {
            while (true) {
                Thread.sleep(BETWEEN);
                draw();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void draw() {
        List<String> lines = lines(console, title, run.progress(), Duration.ofNanos(System.nanoTime() - started));
        StringBuilder frame = new StringBuilder(up());
        lines.forEach(line -> frame.append(line).append("\u001b[K\n"));
        drawn = lines.size();
        console.err().print(frame);
        console.err().flush();
    }

    private String up() {
        return drawn == 0 ? "\r" : "\r\u001b[" + drawn + "A";
    }

    private record Sum(long rows, long answered, long expected, boolean done, long failures) {
        Sum plus(Progress p) {
            return new Sum(
                    rows + p.rows(),
                    answered + p.answered(),
                    expected + p.expected(),
                    done && p.done(),
                    failures + p.failures());
        }
    }

    /** What is drawn: no line wraps, as those drawn before could not be found again. */
    static List<String> lines(Console console, String title, List<Progress> progress, Duration elapsed) {
        Map<String, Sum> clouds = new LinkedHashMap<>();
        progress.forEach(
                p -> clouds.merge(p.cloud(), new Sum(0, 0, 0, true, 0).plus(p), (known, more) -> known.plus(p)));
        Palette palette = console.errorPalette();
        int width = console.terminalWidth();
        int longest = clouds.keySet().stream().mapToInt(TextWidth::of).max().orElse(0);
        int names = Math.clamp(longest, 0, Math.max(1, width - 1 - 2 - BAR));
        List<String> lines = new ArrayList<>();
        lines.add(palette.faint(TextWidth.cut(title + "  " + Texts.seconds(elapsed), width - 1)));
        clouds.forEach((cloud, sum) -> {
            String name = TextWidth.cut(TextWidth.harmless(cloud), names);
            int filled = sum.expected() == 0 ? 0 : (int) Math.min(BAR, BAR * sum.answered() / sum.expected());
            filled = sum.done() ? BAR : filled;
            String figures = "  " + Texts.count(sum.answered()) + " of " + Texts.count(sum.expected()) + " requests, "
                    + Texts.count(sum.rows(), "row", "rows");
            String failed = sum.failures() == 0 ? "" : ", " + Texts.count(sum.failures(), "failure", "failures");
            int left = width - 1 - names - 2 - BAR;
            String fitting = left < 4 ? "" : TextWidth.cut(figures + failed, left);
            String bar = "━".repeat(filled);
            String line = " ".repeat(names - TextWidth.of(name)) + name + "  "
                    + (sum.done() ? palette.good(bar) : palette.accent(bar))
                    + palette.faint("─".repeat(BAR - filled))
                    + (sum.failures() == 0 ? fitting : palette.warning(fitting));
            lines.add(line);
        });
        return lines;
    }
}
