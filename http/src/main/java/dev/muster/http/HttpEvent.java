package dev.muster.http;

/**
 * What the engine does, as it does it: the source of waterfalls, metrics and {@code -v} output. Times are
 * {@link System#nanoTime()}. Every Queued is followed by exactly one Done or Failed of the same request; every Sent lies
 * between them, once for each time the request is written; every Opened is followed by exactly one Disconnected of the
 * same connection.
 *
 * <pre>
 * Queued ── Sent ── FirstByte ── Done | Failed        (Sent … Resent … Sent where a connection died,
 *                                                      Sent … Throttled … Sent where the server said: later,
 *                                                      Sent … Hedged where it was slow)
 * Queued ── Shared ── Done | Failed                   (Shared … Sent where the one it waited with gave up)
 * Connecting ── Connected | ConnectFailed;  Connected ── Disconnected
 * </pre>
 */
public sealed interface HttpEvent {
    /** When it happened. */
    long nanos();

    /** A request was asked for. {@code request} counts up from 1 within a client. */
    record Queued(long nanos, long request, HttpRequest value) implements HttpEvent {}

    /** A request was written to a connection, behind {@code ahead} requests still unanswered there. */
    record Sent(long nanos, long request, long connection, int ahead) implements HttpEvent {}

    /** The first byte of the response came. */
    record FirstByte(long nanos, long request) implements HttpEvent {}

    /** The response is whole. Its header fields may hold secrets. */
    record Done(long nanos, long request, int status, Headers headers, long bodyBytes) implements HttpEvent {}

    /** There will be no response. */
    record Failed(long nanos, long request, HttpException why) implements HttpEvent {}

    /** The request waits to be sent again, on another connection. */
    record Resent(long nanos, long request, String why) implements HttpEvent {}

    /** The server turned it away with this status; the request is not done, but waits this long to be sent again. */
    record Throttled(long nanos, long request, int status, long waitNanos) implements HttpEvent {}

    /**
     * A second copy of the request was written, to this connection, as the first had waited for so long. The first answer counts,
     * and a FirstByte may come of each.
     */
    record Hedged(long nanos, long request, long connection, long waitedNanos) implements HttpEvent {}

    /** An origin is asked less at once than before, or so much for another reason, or twice as much. */
    record Limited(long nanos, OriginLimit limit) implements HttpEvent {}

    /** The request waits for the answer of an equal one, which is under way for {@code with}. */
    record Shared(long nanos, long request, long with) implements HttpEvent {}

    /** A connection is being made. */
    record Connecting(long nanos, long connection, String origin) implements HttpEvent {}

    /** The connection, TLS included, stands. */
    record Connected(long nanos, long connection, String protocol) implements HttpEvent {}

    /** The connection could not be made. */
    record ConnectFailed(long nanos, long connection, HttpException why) implements HttpEvent {}

    /** The connection ended, by either side. */
    record Disconnected(long nanos, long connection, String why) implements HttpEvent {}
}
