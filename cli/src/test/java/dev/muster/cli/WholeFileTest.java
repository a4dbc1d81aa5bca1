package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is written beside its place. */
final class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void untilItIsCompleteTheOldOneStandsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("vms.csv"), "old");
        WholeFile.write(file, out -> {
            write(out, "new, ");
            assertThat(file).hasContent("old");
            write(out, "whole");
        });
        assertThat(file).hasContent("new, whole");
        assertThat(names()).containsExactly("vms.csv");
    }

    @Test
    void oneThatCannotBeWrittenToItsEndLeavesNothingBehind() throws IOException {
        Path file = Files.writeString(folder.resolve("vms.csv"), "old");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    write(out, "half");
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("vms.csv");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    private static void write(Writer out, String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
