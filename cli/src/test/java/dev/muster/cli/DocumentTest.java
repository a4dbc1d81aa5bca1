package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class DocumentTest {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "yes",
            "null",
            "~",
            "1.0",
            "007",
            "- x",
            "a: b",
            "# no",
            "line\nbreak",
            "tab\t",
            "'",
            "\"",
            "{",
            "&a",
            "*a",
            "!t",
            "%x",
            "@",
            "`",
            "日本 🦊",
            "\u0000\u001b",
            "2026-11-21",
            "0x1F",
            "1e3",
            ".inf",
            "a #b");

    @Test
    void jsonHoldsWhatWasTold() {
        assertThat(write(out -> new JsonDocument(out, false)))
                .startsWith("{\"text\":\"a\",\"none\":null,\"yes\":true,\"count\":42,\"share\":0.5,"
                        + "\"at\":\"2026-11-21T00:00:00Z\",\"raw\":{\"a\":[1,\"1\",null,true,1.5]},\"texts\":[\"\",")
                .endsWith("]}" + System.lineSeparator());
    }

    @Test
    void yamlReadsBackAsTheSameDocument() {
        String yaml = write(YamlDocument::new);
        Object fromYaml = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        // JSON is YAML 1.2: one reader for both.
        Object fromJson =
                new Load(LoadSettings.builder().build()).loadFromString(write(out -> new JsonDocument(out, false)));
        assertThat(fromYaml).isEqualTo(fromJson);
    }

    @Test
    void yamlReadsAsTextsToEveryReaderOfYaml() {
        List<String> texts = List.of(
                "yes",
                "No",
                "on",
                "OFF",
                "n",
                "Y",
                "True",
                "NULL",
                "~",
                "0x1F",
                "0o17",
                "0b11",
                "007",
                "+1",
                "1_000",
                "12:30:45",
                ".inf",
                "2026-11-21",
                "2026-11-21T00:00:00Z",
                "<<",
                "=");
        String yaml = write(YamlDocument::new, texts);
        assertThat(yaml.lines().filter(line -> line.startsWith("- ")))
                .as("1.1 and 1.2 disagree on what stands there plain")
                .containsExactlyElementsOf(
                        texts.stream().map(text -> "- \"" + text + '"').toList());
    }

    @Test
    void yamlQuotesWhatEndsALineToReadersOfYaml11() {
        String yaml = write(YamlDocument::new, List.of("a\u0085b", "a\u2028b", "a\u2029b"));
        assertThat(yaml.lines().filter(line -> line.startsWith("- ")))
                .containsExactly("- \"a\\Nb\"", "- \"a\u2028b\"", "- \"a\u2029b\"");
    }

    @Test
    void indentedJsonIsTheSameDocument() {
        Object indented =
                new Load(LoadSettings.builder().build()).loadFromString(write(out -> new JsonDocument(out, true)));
        Object plain =
                new Load(LoadSettings.builder().build()).loadFromString(write(out -> new JsonDocument(out, false)));
        assertThat(indented).isEqualTo(plain);
    }

    @Test
    void csvQuotesWhatRfc4180WantsQuoted() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Csv(out).line(Arrays.asList("plain", null, "", "a,b", "say \"x\"", "two\nlines", 7));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("plain,,\"\",\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",7\r\n");
    }

    private static String write(Function<PrintStream, Document> format) {
        return write(format, TEXTS);
    }

    private static String write(Function<PrintStream, Document> format, List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (Document out = format.apply(stream)) {
            out.beginObject()
                    .field("text", "a")
                    .field("none", null)
                    .field("yes", true)
                    .field("count", 42L)
                    .field("share", 0.5)
                    .field("at", Instant.parse("2026-11-21T00:00:00Z"))
                    .field("raw", new Json("{\"a\":[1,\"1\",null,true,1.5]}"))
                    .name("texts")
                    .beginArray();
            texts.forEach(out::value);
            out.endArray().endObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
