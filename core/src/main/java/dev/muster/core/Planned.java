package dev.muster.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan and why it was chosen.
 *
 * @param query what was asked
 * @param table of which
 * @param output the columns that a row shall have
 * @param read the columns that are read for it, those of the output first, each with the origin that this plan gives it
 * @param plan the strategy
 * @param expected what it is thought to take
 * @param shape what was asked, without values: plans for one shape are compared
 * @param way which of the strategies for that shape this is
 * @param why the reason, a sentence
 * @param others the strategies that were not chosen
 */
public record Planned(
        Query query,
        Table table,
        List<Column> output,
        List<Column> read,
        FetchPlan plan,
        Cost expected,
        String shape,
        String way,
        String why,
        List<Other> others) {

    /**
     * A strategy that was not chosen.
     *
     * @param measured seconds that it took; null where it has not been tried
     */
    public record Other(String way, Cost expected, @Nullable Double measured) {}
}
