package dev.muster.core.internal;

import dev.muster.core.Condition;
import dev.muster.core.Condition.Op;
import dev.muster.core.MusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions.
 *
 * <pre>
 * where     = condition { "and" condition }
 * condition = column ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "like" ) value
 *           | column "in" "(" value { "," value } ")"
 *           | column "is" [ "not" ] "null"
 * column    = name { "." name }
 * value     = word | "'" { any but ' | "''" } "'"
 * </pre>
 */
public final class WhereParser {
    private static final String WORD = "[\\p{L}\\p{N}_.:/@+*%-]+";
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<quoted>'[^']*+(?:''[^']*+)*+')|(?<sign>!=|<=|>=|[=<>(),])|(?<word>" + WORD + "))");
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final Map<String, Op> OPERATORS = Map.of(
            "=", Op.EQUAL,
            "!=", Op.NOT_EQUAL,
            "<", Op.LESS,
            "<=", Op.AT_MOST,
            ">", Op.MORE,
            ">=", Op.AT_LEAST,
            "like", Op.LIKE,
            "in", Op.IN,
            "is", Op.NULL);
    private static final Set<String> KEYWORDS = Set.of("and", "in", "is", "like", "not", "null");

    private final String text;
    private final Matcher tokens;
    private String token = "";
    private int at;

    private WhereParser(String text) {
        this.text = text;
        this.tokens = TOKEN.matcher(text);
        advance();
    }

    public static List<Condition> parse(String text) {
        WhereParser parser = new WhereParser(text);
        List<Condition> conditions = new ArrayList<>();
        do {
            conditions.add(parser.condition());
        } while (parser.taken("and"));
        if (!parser.token.isEmpty()) {
            throw parser.wrong("'and' or the end");
        }
        return conditions;
    }

    /** Whether a value needs no quotes. */
    public static boolean isBare(String value) {
        return value.matches(WORD) && !KEYWORDS.contains(value.toLowerCase(Locale.ROOT));
    }

    private Condition condition() {
        String column = token;
        if (!COLUMN.matcher(column).matches() || KEYWORDS.contains(column)) {
            throw wrong("a column");
        }
        advance();
        Op op = OPERATORS.get(token.toLowerCase(Locale.ROOT));
        if (op == null) {
            throw wrong("one of = != < <= > >= in like is");
        }
        advance();
        return switch (op) {
            case NULL -> {
                Op which = taken("not") ? Op.NOT_NULL : Op.NULL;
                expect("null");
                yield new Condition(column, which, List.of());
            }
            case IN -> {
                expect("(");
                List<String> values = new ArrayList<>();
                do {
                    values.add(value());
                } while (taken(","));
                expect(")");
                yield new Condition(column, Op.IN, values);
            }
            default -> new Condition(column, op, List.of(value()));
        };
    }

    private String value() {
        String value = token;
        if (value.startsWith("'")) {
            advance();
            return value.substring(1, value.length() - 1).replace("''", "'");
        }
        if (!isBare(value)) {
            throw wrong("a value, in single quotes unless it is a plain word");
        }
        advance();
        return value;
    }

    private boolean taken(String word) {
        boolean there = token.equalsIgnoreCase(word);
        if (there) {
            advance();
        }
        return there;
    }

    private void expect(String word) {
        if (!taken(word)) {
            throw wrong("'" + word + "'");
        }
    }

    private void advance() {
        if (text.substring(at).isBlank()) {
            token = "";
            at = text.length();
            return;
        }
        if (!tokens.find(at) || tokens.start() != at) {
            token = "";
            boolean open = text.substring(at).stripLeading().startsWith("'");
            throw wrong(open ? "a quote that ends the one that begins" : "a word, a sign or a text in quotes");
        }
        token = tokens.group().strip();
        at = tokens.end();
    }

    private MusterException wrong(String expected) {
        String rest = token.isEmpty() ? text.substring(at).stripLeading() : text.substring(at - token.length());
        int place = text.length() - rest.length();
        String found = !token.isEmpty() ? "'" + token + "'" : rest.isEmpty() ? "the end" : rest;
        return new MusterException.Rejected(
                null,
                "condition '" + text + "': expected " + expected + " at character " + (place + 1) + ", found " + found);
    }
}
