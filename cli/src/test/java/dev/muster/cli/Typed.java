package dev.muster.cli;

import dev.muster.core.Environment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What came of a command that somebody typed. */
record Typed(int code, String out, String err) {

    /** Types a command in a world of its own. */
    static Typed in(Environment environment, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Muster.run(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                command);
        return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A world with one folder, which is home, and these variables. */
    static Environment world(Path home, Map<String, String> variables) {
        return new Environment(variables, home, home);
    }

    /** The output as a document: JSON is YAML 1.2, so one reader does for both. */
    @SuppressWarnings("unchecked") // a document's keys are texts
    Map<String, Object> document() {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(out);
    }

    /** Objects below a field of a document. */
    @SuppressWarnings("unchecked") // a document's keys are texts
    static List<Map<String, Object>> list(Map<String, Object> object, String field) {
        return (List<Map<String, Object>>) Objects.requireNonNull(object.get(field), field);
    }

    /** A number of a document, as a whole one. */
    static long number(Map<String, Object> object, String field) {
        return ((Number) Objects.requireNonNull(object.get(field), field)).longValue();
    }
}
