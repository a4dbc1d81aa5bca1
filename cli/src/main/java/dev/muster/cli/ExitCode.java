package dev.muster.cli;

/** What a command's end means to a script. Documented by {@code muster --help}. */
final class ExitCode {
    /** Everything there is has been printed. */
    static final int OK = 0;

    /** Nothing could be fetched, or something unforeseen happened. */
    static final int FAILED = 1;

    /** The command line or the settings are wrong; nothing was asked. */
    static final int USAGE = 2;

    /** Some tables or rows are missing; what is missing has been told. */
    static final int PARTIAL = 3;

    private ExitCode() {}
}
