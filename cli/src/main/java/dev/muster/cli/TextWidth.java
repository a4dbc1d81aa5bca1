package dev.muster.cli;

/** How wide text is on a terminal, where a character takes one cell, two, or none; and how it is made to fit. */
final class TextWidth {
    private TextWidth() {}

    /** Cells taken by a text. */
    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += of(c);
            i += Character.charCount(c);
        }
        return width;
    }

    /** The text in at most {@code cells}, its end replaced by an ellipsis where it is longer. */
    static String cut(String text, int cells) {
        if (of(text) <= cells) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += of(c);
            if (width > cells - 1) {
                break;
            }
            cut.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return cells < 1 ? "" : cut.append('…').toString();
    }

    /**
     * The text without anything that would move the cursor or speak to the terminal: names of machines come from strangers.
     */
    static String harmless(String text) {
        if (text.chars().noneMatch(TextWidth::isControl)) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> safe.append(isControl(c) ? '\uFFFD' : (char) c);
            }
        });
        return safe.toString();
    }

    private static boolean isControl(int c) {
        // Beside the control characters, those that turn the direction of writing round.
        return Character.isISOControl(c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }

    private static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        if (c >= 0x1160 && c <= 0x11ff) {
            // Vowels and finals of Hangul stand within the cells of the consonant before them.
            return 0;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    /** East Asian wide and fullwidth characters, by block, and emoji: exact enough to keep columns straight. */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                // Of the letters that make flags it takes two.
                || (Character.isEmojiPresentation(c) && !(c >= 0x1f1e6 && c <= 0x1f1ff))
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
