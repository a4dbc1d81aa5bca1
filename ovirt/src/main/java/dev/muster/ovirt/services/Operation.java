package dev.muster.ovirt.services;

import dev.muster.core.Call;
import dev.muster.core.Pending;
import dev.muster.core.ResponseReader;

/**
 * One operation with its parameters: setting one gives a new operation, and nothing is sent until {@link #get()} or {@link
 * #start()}. Immutable and thread-safe.
 *
 * @param <T> what it answers
 * @param <O> the operation itself
 */
public abstract class Operation<T, O extends Operation<T, O>> implements Call<T> {
    private final Ask ask;
    private final ResponseReader<? extends T> reader;

    Operation(Ask ask, ResponseReader<? extends T> reader) {
        this.ask = ask;
        this.reader = reader;
    }

    final Ask ask() {
        return ask;
    }

    abstract O with(Ask other);

    @Override
    public Pending<T> start() {
        return ask.endpoint().<T>call(ask.request(), reader).start();
    }

    /** A header field of this request alone. */
    public O header(String name, String value) {
        return with(ask.header(name, value));
    }

    /** A query parameter, also one that this version has no method for. */
    public O query(String name, String value) {
        return with(ask.query(name, value));
    }

    /** Marks the events that this operation causes at the engine: letters, digits, hyphens and underscores, 36 at most. */
    public O correlationId(String id) {
        return with(ask.header("Correlation-Id", id));
    }

    /** Whether only what the user has permissions for is seen; users who are no administrators must say true. */
    public O filter(boolean on) {
        return with(ask.query("filter", on));
    }

    /** Whether the engine also answers what it leaves out for being costly, as the configuration data of a VM. */
    public O allContent(boolean on) {
        return with(ask.query("all_content", on));
    }

    /** Method and path. */
    @Override
    public String toString() {
        return ask.method() + ' ' + ask.path();
    }
}
