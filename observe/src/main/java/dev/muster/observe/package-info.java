/**
 * What the wire does, told to the tools that people have: {@link dev.muster.observe.JfrEvents} to the JDK's flight recorder,
 * {@link dev.muster.observe.MicrometerMetrics} and {@link dev.muster.observe.OpenTelemetryTraces} to theirs, {@link
 * dev.muster.observe.HarFile} to a browser's network view. Each is a listener for {@link
 * dev.muster.http.HttpClient.Builder#events} or a cloud's settings; {@code andThen} joins two.
 *
 * {@snippet :
 * HttpClient.builder().events(new JfrEvents().andThen(new MicrometerMetrics(registry, "lab")))
 * }
 *
 * <p>A listener serves one client: requests are counted by each client anew. None shows a secret: of a query's parameters
 * those that are named like one are hidden, and so are the header fields that carry one.
 */
@NullMarked
package dev.muster.observe;

import org.jspecify.annotations.NullMarked;
