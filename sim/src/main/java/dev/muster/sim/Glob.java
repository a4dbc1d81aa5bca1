package dev.muster.sim;

import java.util.List;
import java.util.regex.Pattern;

/** A pattern in which {@code *} stands for any characters, none included. Immutable. */
public final class Glob {
    private final Pattern pattern;

    private Glob(String glob, boolean anywhereBefore, int flags) {
        StringBuilder regex = new StringBuilder(anywhereBefore ? ".*" : "");
        for (String part : List.of(glob.split("((?<=\\*)|(?=\\*))"))) {
            regex.append(part.equals("*") ? ".*" : Pattern.quote(part));
        }
        this.pattern = Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }

    /** Matches texts that end in a match of {@code glob}. */
    public static Glob atEnd(String glob) {
        return new Glob(glob, true, 0);
    }

    /** Matches whole texts, letter by letter. */
    public static Glob whole(String glob) {
        return new Glob(glob, false, 0);
    }

    /** Matches whole texts without regard to case. */
    public static Glob ignoringCase(String glob) {
        return new Glob(glob, false, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Whether {@code text} matches. */
    public boolean matches(String text) {
        return pattern.matcher(text).matches();
    }
}
