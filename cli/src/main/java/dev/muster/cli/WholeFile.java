package dev.muster.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** A file that stands there whole or not at all: it is written beside its place, and moved there when it is complete. */
final class WholeFile {
    private WholeFile() {}

    /**
     * Writes it, in UTF-8; one that was there stays as it was until then.
     *
     * @param content writes all of it; an {@link UncheckedIOException} of it is thrown as what it wraps
     */
    static void write(Path file, Consumer<Writer> content) throws IOException {
        // By the process, so that two into one folder do not write the same; and with the rights that any file of the
        // user's gets.
        Path part = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (Writer out =
                    new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(part), StandardCharsets.UTF_8))) {
                content.accept(out);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
