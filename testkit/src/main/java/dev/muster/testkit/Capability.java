package dev.muster.testkit;

/**
 * What a cloud may lack. Every capability is taken to be there until a cloud's test says otherwise, and saying so is checked
 * as well: a cloud that has what its test denies fails.
 */
public enum Capability {
    /** Who asks must log in, with a password that can be wrong. */
    LOG_IN,
    /** A log-in gives a token, which ends and is then renewed. */
    TOKENS,
    /** Some table is handed out in pages. */
    PAGES,
    /** Some table is listed once for each row of another. */
    CHILD_TABLES
}
