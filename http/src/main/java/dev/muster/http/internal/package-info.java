/**
 * The engine behind {@link dev.muster.http.HttpClient}. {@link dev.muster.http.internal.Engine} says which thread does
 * what.
 *
 * <pre>
 * HttpClient ── TaskQueue ──▶ Engine ── Pool (one per origin) ── Connection ── Transport (plain, TLS)
 *                              Flights    Placement, Connections     └── ExchangeCodec (Http1Codec, Http2Codec) ── BodySink
 *                                         Hedges, Pipelining, Replay
 * </pre>
 */
@NullMarked
package dev.muster.http.internal;

import org.jspecify.annotations.NullMarked;
