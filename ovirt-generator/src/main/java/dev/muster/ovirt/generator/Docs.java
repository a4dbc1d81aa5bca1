package dev.muster.ovirt.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ovirt.api.metamodel.concepts.Annotation;
import org.ovirt.api.metamodel.concepts.Concept;
import org.ovirt.api.metamodel.concepts.NameParser;

/** Turns the model's documentation, which is AsciiDoc, into the Markdown of Java's documentation comments. */
final class Docs {
    private static final Pattern ADMONITION = Pattern.compile("\\[?(IMPORTANT|NOTE|WARNING|TIP|CAUTION)(:\\s*|]\\s*$)");
    private static final Pattern ATTRIBUTES = Pattern.compile("\\[[a-zA-Z\"%][^]]*]\\s*");
    private static final Pattern LINK = Pattern.compile("(?:link:)?(https?://[^\\s\\[]+)\\[([^]]*)]");
    private static final Pattern REFERENCE = Pattern.compile("xref:[^\\s\\[]+\\[([^]]*)]|<<[^,>]+,\\s*([^>]+)>>");
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*");

    private Docs() {}

    /** The documentation of a concept, {@code otherwise} where the model has none, with the version it came with. */
    static List<String> of(Concept concept, String otherwise) {
        List<String> lines = new ArrayList<>(markdown(concept.getDoc()));
        if (lines.isEmpty()) {
            lines.add(otherwise);
        }
        String since = since(concept);
        if (since != null) {
            lines.add("");
            lines.add("@since " + since);
        }
        return lines;
    }

    /** A tag, as one for a parameter; nothing where the model says nothing. */
    static List<String> tag(String tag, Concept concept) {
        List<String> text = new ArrayList<>(markdown(concept.getDoc()));
        String since = since(concept);
        if (text.isEmpty() && since == null) {
            return List.of();
        }
        if (since != null) {
            text.add("Since " + since + ".");
        }
        text.set(0, tag + ' ' + text.getFirst());
        return text;
    }

    static boolean deprecated(Concept concept) {
        return concept.getAnnotation(NameParser.parseUsingCase("Deprecated")) != null;
    }

    private static @Nullable String since(Concept concept) {
        Annotation since = concept.getAnnotation(NameParser.parseUsingCase("Since"));
        if (since == null || since.getParameters().isEmpty()) {
            return null;
        }
        List<String> values = since.getParameters().getFirst().getValues();
        String value = values.isEmpty() ? "" : values.getFirst().strip().split("\\s", 2)[0];
        return VERSION.matcher(value).matches() ? value : null;
    }

    static List<String> markdown(@Nullable String asciidoc) {
        List<String> lines = new ArrayList<>();
        if (asciidoc == null || asciidoc.isBlank()) {
            return lines;
        }
        String fence = "";
        for (String raw : asciidoc.strip().split("\n", -1)) {
            String line = raw.stripTrailing().replace("\\u", "\\\\u");
            String bare = line.strip();
            String opens = fenceOf(bare);
            if (!fence.isEmpty()) {
                boolean closes = opens.equals(fence);
                lines.add(closes ? "```" : line);
                fence = closes ? "" : fence;
            } else if (!opens.isEmpty()) {
                lines.add(opens.equals("```") ? bare : "```");
                fence = opens;
            } else {
                paragraph(line, bare, lines);
            }
        }
        if (!fence.isEmpty()) {
            lines.add("```");
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /** What closes the block that a line opens: listings, literal blocks, and tables, which are shown as they stand. */
    private static String fenceOf(String bare) {
        for (String mark : List.of("```", "----", "....", "|===")) {
            if (bare.startsWith(mark)) {
                return mark;
            }
        }
        return "";
    }

    private static void paragraph(String line, String bare, List<String> lines) {
        Matcher admonition = ADMONITION.matcher(bare);
        if (admonition.lookingAt()) {
            String kind = admonition.group(1);
            String word = kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT);
            lines.add(("**" + word + ":** " + inline(bare.substring(admonition.end()))).stripTrailing());
        } else if (bare.equals("+")
                || bare.equals("--")
                || bare.matches("={4,}")
                || ATTRIBUTES.matcher(bare).matches()) {
            // Structure that Markdown has no use for.
            return;
        } else if (bare.startsWith(". ")) {
            lines.add("1. " + inline(bare.substring(2)));
        } else {
            int indent = Math.min(3, line.length() - line.stripLeading().length());
            lines.add(" ".repeat(indent) + inline(bare));
        }
    }

    /** Escapes what Markdown, HTML or documentation tags would take for theirs; code between backticks stays. */
    private static String inline(String text) {
        String[] parts = text.split("`", -1);
        if (parts.length % 2 == 0) {
            return plain(text);
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            line.append(i % 2 == 0 ? plain(parts[i]) : '`' + parts[i] + '`');
        }
        return line.toString().stripTrailing();
    }

    private static String plain(String text) {
        String named = REFERENCE.matcher(text).replaceAll("$1$2");
        Matcher link = LINK.matcher(named);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (link.find()) {
            out.append(escape(named.substring(from, link.start())))
                    .append('[')
                    .append(escape(link.group(2)))
                    .append("](")
                    .append(link.group(1))
                    .append(')');
            from = link.end();
        }
        return out.append(escape(named.substring(from))).toString();
    }

    private static String escape(String text) {
        return text.replace("<", "\\<").replace("[", "\\[").replace("]", "\\]").replace("@", "&#64;");
    }
}
