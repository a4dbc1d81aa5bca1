package dev.muster.clouds.softlayer;

import dev.muster.core.MusterException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an object mask, to find out whether it is one:
 *
 * <pre>
 * mask     = item {("," | ";") item}
 * item     = name [cast] [rest] | "[" mask "]"
 * cast     = "(" name ")"
 * rest     = "[" mask "]" | "." item
 * </pre>
 *
 * White space stands for nothing. Not thread-safe.
 */
final class MaskReader {
    private final String text;
    private int at;
    private boolean bare = true;

    MaskReader(String text) {
        this.text = text.replaceAll("\\s+", "");
    }

    /** The parts at the top, as they stand. */
    List<String> read() {
        if (text.isEmpty()) {
            throw wrong("nothing is in it");
        }
        List<String> items = items(true);
        if (at < text.length()) {
            throw wrong("'" + text.charAt(at) + "' is not expected");
        }
        return items;
    }

    /** Whether it is a list of properties without {@code mask[…]} around them. */
    boolean bare() {
        return bare;
    }

    private List<String> items(boolean top) {
        List<String> items = new ArrayList<>();
        do {
            int start = at;
            item(top);
            items.add(text.substring(start, at));
        } while (take(',') || take(';'));
        return items;
    }

    private void item(boolean top) {
        if (take('[')) {
            bare = bare && !top;
            items(top);
            need(']');
            return;
        }
        String name = name();
        boolean cast = take('(');
        if (cast) {
            name();
            need(')');
        }
        boolean head = name.equals("mask") || name.equals("filteredMask");
        if (top && (head || cast)) {
            bare = false;
        }
        if (take('[')) {
            items(false);
            need(']');
        } else if (take('.')) {
            item(false);
        } else if (top && head) {
            throw wrong("'" + name + "' is followed by nothing");
        }
    }

    private String name() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (start == at) {
            throw wrong(
                    at < text.length()
                            ? "a property is expected, not '" + text.charAt(at) + "'"
                            : "a property is missing at the end");
        }
        return text.substring(start, at);
    }

    private boolean take(char next) {
        boolean there = at < text.length() && text.charAt(at) == next;
        at += there ? 1 : 0;
        return there;
    }

    private void need(char next) {
        if (!take(next)) {
            throw wrong("'" + next + "' is missing");
        }
    }

    private MusterException wrong(String what) {
        int from = Math.max(0, at - 20);
        String where = text.isEmpty()
                ? ""
                : " at " + (at + 1) + ", after '" + text.substring(from, Math.min(at, text.length())) + "'";
        return new MusterException.Rejected(null, "object mask: " + what + where);
    }
}
