package dev.muster.core;

/** What a failure in one place does to the rest of an inventory. */
public enum OnFailure {
    /** Nothing: the rest is fetched, and the report says what is missing. */
    CONTINUE,
    /** What is under way is given up, and nothing more is asked. */
    STOP,
    /** The rest is fetched, and then {@link InventoryRun#join} throws the first failure. */
    FAIL
}
