package dev.muster.cli;

/**
 * The few colours that are used, or none.
 *
 * @param on whether the reader sees colours
 */
record Palette(boolean on) {

    /** What a person looks for first. */
    String strong(String text) {
        return paint("1", text);
    }

    /** What may be passed over. */
    String faint(String text) {
        return paint("2", text);
    }

    /** All is well. */
    String good(String text) {
        return paint("32", text);
    }

    /** Something is missing. */
    String warning(String text) {
        return paint("33", text);
    }

    /** Something failed. */
    String bad(String text) {
        return paint("31", text);
    }

    /** What this is about. */
    String accent(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
