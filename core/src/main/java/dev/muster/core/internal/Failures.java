package dev.muster.core.internal;

import dev.muster.core.FetchReport;
import dev.muster.core.MusterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a table, equal failures together, so that a dead cloud with a million rows is one line. Thread-safe. */
final class Failures {
    /** So many without an answer in a row, with nothing going well between them, and the rest is not asked. */
    private static final int HOPELESS = 8;

    private record Key(String kind, String message) {}

    private final Map<Key, FetchReport.Failure> known = new LinkedHashMap<>();
    private @Nullable RuntimeException first;
    private int inARow;
    private long notAsked;

    synchronized void add(Throwable failure) {
        RuntimeException cause = Task.unwrap(failure);
        if (cause instanceof CancellationException) {
            notAsked++;
            return;
        }
        MusterException told = cause instanceof MusterException known
                ? known
                : new MusterException.Bug(null, "unexpected: " + cause, cause);
        first = first == null ? told : first;
        inARow = told instanceof MusterException.Unreachable ? inARow + 1 : 0;
        String request = told.request() == null ? "" : told.request();
        add(new FetchReport.Failure(told.kind(), request, String.valueOf(told.getMessage()), 1));
    }

    private void add(FetchReport.Failure failure) {
        known.merge(
                new Key(failure.kind(), failure.message()),
                failure,
                (one, more) ->
                        new FetchReport.Failure(one.kind(), one.request(), one.message(), one.count() + more.count()));
    }

    /** Those of a part, whose place is here. */
    synchronized void addAll(Failures part) {
        part.known().forEach(this::add);
        first = first == null ? part.first() : first;
        notAsked += part.cancelled();
    }

    private synchronized List<FetchReport.Failure> known() {
        return List.copyOf(known.values());
    }

    private synchronized long cancelled() {
        return notAsked;
    }

    /** The first of them; null where there is none, or nothing but what was cancelled. */
    synchronized @Nullable RuntimeException first() {
        return first;
    }

    /** A listing went well: what failed before was not the whole. */
    synchronized void worked() {
        inARow = 0;
    }

    /** Whether asking on would only wait for the same failure again and again. */
    synchronized boolean hopeless() {
        return inARow >= HOPELESS;
    }

    /** A listing that was given up before it was sent. */
    synchronized void notAsked() {
        notAsked++;
    }

    /** The table whose rows these are listed for did not arrive whole. */
    synchronized void parentIncomplete(String parent, List<FetchReport.Failure> why) {
        String first = why.isEmpty() ? "" : ": " + why.getFirst().message();
        add(new FetchReport.Failure(
                FetchReport.Failure.PARENT_INCOMPLETE,
                "",
                "not all of " + parent + " arrived, which it is listed for" + first,
                1));
    }

    synchronized long count() {
        return known.values().stream().mapToLong(FetchReport.Failure::count).sum() + notAsked;
    }

    synchronized List<FetchReport.Failure> list() {
        List<FetchReport.Failure> list = new ArrayList<>(known.values());
        if (notAsked > 0) {
            String why =
                    known.isEmpty() ? "cancelled" : "not asked any more after " + HOPELESS + " such failures in a row";
            list.add(new FetchReport.Failure("cancelled", "", why, notAsked));
        }
        return list;
    }
}
