package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show and name is there. */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern FILE = Pattern.compile("[`(]((?:[a-z.]+/)*[A-Za-z-]+/?(?:[A-Za-z-]+\\.[a-z]+)?)[`)]");

    @Test
    void theJavaOfTheReadmeIsTheCompiledAndTestedOne() throws IOException {
        List<String> test = Files.readAllLines(ROOT.resolve("ovirt/src/test/java/dev/muster/ovirt/ReadmeTest.java"));
        int from = 1 + indexOf(test, "// tag::inventory");
        String snippet = String.join("\n", test.subList(from, indexOf(test, "// end::inventory")))
                .stripIndent()
                .strip();

        Matcher java = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(java.find()).isTrue();
        assertThat(java.group(1).strip()).isEqualTo(snippet);
    }

    private static int indexOf(List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new AssertionError("no line " + marker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"})
    void everyFileThatADocumentNamesIsThere(String document) throws IOException {
        String text = Files.readString(ROOT.resolve(document)).replaceAll("(?s)```.*?```", "");
        Matcher names = FILE.matcher(text);
        while (names.find()) {
            String name = names.group(1);
            // What a build makes is there after the build only.
            if ((name.contains("/") || name.endsWith(".md")) && !name.contains("target/")) {
                assertThat(ROOT.resolve(name)).as(document + " names " + name).exists();
            }
        }
    }
}
