package dev.muster.http.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a protocol does with a connection: the one seam between HTTP/1.1 and whatever comes beside it. The
 * {@link Pool} sees how much it would take on, the {@link Connection} moves its bytes; how answers find their requests is
 * its own affair. Confined to the loop.
 */
interface ExchangeCodec {
    /** The protocol by its ALPN name. */
    String protocol();

    /** Whether answers come in any order, so that one connection is as good as many. */
    boolean multiplexes();

    /** How many further requests it would take now; those that do not share may be fewer. */
    int room(boolean sharing);

    /** How many requests it has taken that are not answered. */
    int outstanding();

    /** How many of these are not written yet. */
    int unwritten();

    /** Whether nothing was sent on it yet, so that nothing that came before can end it under a request. */
    boolean fresh();

    /** Whether it will soon take no more, so that another connection should be made ready. */
    boolean retiring();

    /** Since when the oldest unanswered request has been waiting for the server; meaningless where there is none. */
    long waitingSince();

    /** Takes a request on. It is written when {@link #write} is called. */
    void add(Exchange exchange);

    /** Puts what is to be sent into {@code out}, until there is no more or {@code out} is full. */
    void write(Outbox out, long now);

    /** The first {@code total} bytes of everything written have gone to the kernel. */
    void handed(long total, long now);

    /** Whether a reader is so far behind that nothing should be read from the connection. */
    default boolean behind() {
        return false;
    }

    /** Where the next bytes are to be read to, to be followed by {@link #filled}; null where they must be looked at. */
    default @Nullable ByteBuffer into() {
        return null;
    }

    /** So many bytes were read to where {@link #into} said. */
    default void filled(int count, long now) throws BadResponse {}

    /** What was lent is back: so many bytes of a body were read meanwhile, and the server was heard then. */
    default void returned(long count, long heard) {}

    void received(byte[] bytes, int from, int to, long now) throws BadResponse;

    /** Nothing more is there to be read for now. */
    default void readOver() {}

    /** The server will send no more. */
    void ended(long now) throws BadResponse;

    /** The caller of this exchange has been told; its place is to be freed. {@code written}: not only added. */
    void abandoned(Exchange exchange, boolean written);

    /** When the oldest request will have waited too long; meaningless where there is none. */
    long due();

    /** What {@link #due} said is past: fails who is to blame. */
    void overdue(long now);

    /** Puts what is to be said before the connection is ended by us; it may not get through. */
    void farewell(Outbox out);

    /** The connection is gone: settles every request that is still here. */
    void release(Ending ending);
}
