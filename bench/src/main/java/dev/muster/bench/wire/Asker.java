package dev.muster.bench.wire;

/** A client brought to the form that all have in common: ask without waiting, be told on any thread. */
interface Asker extends AutoCloseable {
    /** The path is absolute. */
    void get(String path, Receiver receiver);

    /** Runs something where asking is cheapest for this client: on its event loop, if it has one to offer. */
    default void begin(Runnable first) {
        first.run();
    }

    @Override
    void close();

    /** Who asked. One of the two is called, once. */
    interface Receiver {
        void done(byte[] body);

        void failed(Throwable why);
    }
}
