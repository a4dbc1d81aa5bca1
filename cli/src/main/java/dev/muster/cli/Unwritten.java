package dev.muster.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * A file could not be written to its end, when everything had been asked already. Its message says which file, and why.
 */
final class Unwritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unwritten(String message, Exception why) {
        super(message, why);
    }

    /** Why a file cannot be written, in words; some exceptions have the file's name for a message, and nothing else. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> Objects.requireNonNullElse(e.getMessage(), e.toString());
        };
    }
}
