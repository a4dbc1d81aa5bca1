package dev.muster.cli;

import dev.muster.core.Environment;
import java.io.PrintStream;

/**
 * Where a command writes, and who reads there: a person at a terminal, who likes colours, live progress and lines that fit,
 * or a program, which wants every byte and nothing else.
 *
 * @param out what was asked for
 * @param err what went wrong, and progress
 * @param environment settings, and what the launcher found out about the terminal
 */
record Console(PrintStream out, PrintStream err, Environment environment) {
    private static final int USUAL_WIDTH = 80;

    /** Wider than any table: nothing is cut for a program. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** Whether a person reads the standard output. The launcher knows; the JDK can only tell of input and output at once. */
    boolean outIsTerminal() {
        return isTerminal('1');
    }

    /** Whether a person reads the standard error, on a terminal that can move its cursor. */
    boolean progressIsWelcome() {
        return isTerminal('2') && !isDumb();
    }

    /** How many characters fit on a line of the output. */
    int width() {
        return outIsTerminal() ? terminalWidth() : UNLIMITED;
    }

    /** How many characters fit on a line of the terminal, wherever the output goes. */
    int terminalWidth() {
        for (String name : new String[] {"COLUMNS", "MUSTER_COLUMNS"}) {
            String columns = environment.variable(name);
            if (columns != null && columns.matches("[1-9][0-9]{0,3}")) {
                return Math.max(20, Integer.parseInt(columns));
            }
        }
        return USUAL_WIDTH;
    }

    /** Colours for the output. */
    Palette palette() {
        return new Palette(outIsTerminal() && coloursAreWelcome());
    }

    /** Colours for the standard error. */
    Palette errorPalette() {
        return new Palette(isTerminal('2') && coloursAreWelcome());
    }

    private boolean coloursAreWelcome() {
        return environment.variable("NO_COLOR") == null && !isDumb();
    }

    private boolean isDumb() {
        return "dumb".equals(environment.variable("TERM"));
    }

    private boolean isTerminal(char descriptor) {
        String terminals = environment.variable("MUSTER_TERMINALS");
        return terminals != null && terminals.indexOf(descriptor) >= 0;
    }
}
