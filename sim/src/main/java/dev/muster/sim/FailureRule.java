package dev.muster.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which requests fail, how, how often. The text form is {@code failure[@path][:share]}: {@code 500:1%},
 * {@code truncated@/vms/*}{@code /nics:3}, {@code 401@/vms}; a share without the percent sign is a number of times.
 *
 * @param failure what happens
 * @param path which requests: those whose path ends in a match of this, where {@code *} stands for any characters
 * @param share the part of those requests that fail, above 0, at most 1; drawn from the cloud's seed
 * @param times after so many failures the rule is spent; Long.MAX_VALUE = never
 */
public record FailureRule(Failure failure, String path, double share, long times) {
    public FailureRule {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "a share of failures is above 0 % and at most 100 %, not " + share * 100);
        }
        if (times < 1) {
            throw new IllegalArgumentException("a failure happens at least once, not " + times + " times");
        }
    }

    /** Every request fails. */
    public static FailureRule always(Failure failure) {
        return new FailureRule(failure, "*", 1, Long.MAX_VALUE);
    }

    /** This rule for requests whose path ends in a match of {@code path} only. */
    public FailureRule at(String path) {
        return new FailureRule(failure, path, share, times);
    }

    /** This rule for a part of the requests, such as 0.01. */
    public FailureRule share(double share) {
        return new FailureRule(failure, path, share, times);
    }

    /** This rule, spent after so many failures. */
    public FailureRule times(long times) {
        return new FailureRule(failure, path, share, times);
    }

    /** Reads the text form of one rule. */
    public static FailureRule parse(String text) {
        int colon = text.lastIndexOf(':');
        String head = colon < 0 ? text : text.substring(0, colon);
        int at = head.indexOf('@');
        FailureRule rule = always(Failure.parse(at < 0 ? head : head.substring(0, at)));
        if (at >= 0) {
            rule = rule.at(head.substring(at + 1));
        }
        if (colon < 0) {
            return rule;
        }
        String share = text.substring(colon + 1);
        try {
            return share.endsWith("%")
                    ? rule.share(Double.parseDouble(share.substring(0, share.length() - 1)) / 100)
                    : rule.times(Long.parseLong(share));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + share + "\" in \"" + text + "\" is neither a share such as 1% nor a number of times", e);
        }
    }

    /** Reads rules separated by commas; none from an empty text. */
    public static List<FailureRule> parseAll(String text) {
        List<FailureRule> rules = new ArrayList<>();
        for (String rule : text.split(",", -1)) {
            if (!rule.isBlank()) {
                rules.add(parse(rule.strip()));
            }
        }
        return List.copyOf(rules);
    }

    @Override
    public String toString() {
        String where = path.equals("*") ? "" : "@" + path;
        String often = share < 1
                ? ":" + String.format(Locale.ROOT, "%s%%", share * 100)
                : times < Long.MAX_VALUE ? ":" + times : "";
        return failure + where + often;
    }
}
