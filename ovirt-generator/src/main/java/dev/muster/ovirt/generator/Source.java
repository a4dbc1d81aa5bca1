package dev.muster.ovirt.generator;

import java.util.List;

/** A Java source file under way: keeps the indentation by the braces at the ends of lines. Not thread-safe. */
final class Source {
    private final StringBuilder text = new StringBuilder(8192);
    private int depth;

    Source(String packageName, String... imports) {
        text.append("// Generated from the oVirt API model. Do not edit.\n");
        line("package " + packageName + ";");
        line("");
        for (String name : imports) {
            line("import " + name + ";");
        }
        line("");
    }

    /** One line of code. */
    Source line(String code) {
        if (code.startsWith("}")) {
            depth--;
        }
        if (!code.isEmpty()) {
            text.repeat(' ', 4 * depth).append(code);
        }
        text.append('\n');
        if (code.endsWith("{")) {
            depth++;
        }
        return this;
    }

    /** A documentation comment in Markdown; nothing where there are no lines. */
    Source doc(List<String> markdown) {
        for (String line : markdown) {
            text.repeat(' ', 4 * depth)
                    .append(line.isEmpty() ? "///" : "/// ")
                    .append(line)
                    .append('\n');
        }
        return this;
    }

    /** A documentation comment of one line. */
    Source doc(String line) {
        return doc(List.of(line));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
