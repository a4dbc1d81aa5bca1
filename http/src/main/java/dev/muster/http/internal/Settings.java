package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpResponse;
import dev.muster.http.Protocol;
import dev.muster.http.Proxies;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client was built with. Times are nanoseconds.
 *
 * @param connections the most to one origin
 * @param pipeline the most unanswered on one of them
 * @param adaptive whether what is of use below these is found out; else it is their product
 * @param rate how many requests may be written within {@code ratePer}; 0: any number
 * @param attempts how often one request may be written because connections died under it
 * @param retries how often one request may be asked again because the origin turned it away
 * @param hedgeAfter how long a request is waited for at least before a second copy of it is written; 0: for ever
 * @param singleFlight whether equal requests share one answer
 * @param throttle whether an answer that is neither 429 nor 503 turns a request away all the same
 * @param idleTimeout how long a connection may be kept without a request
 * @param forgetAfter how long what is known of an origin is kept that nothing is asked of
 * @param drainTimeout how long the answer of a cancelled request is waited for before its connection is given up
 * @param drainBytes how much of such an answer is read
 * @param proxies what does not go straight
 */
public record Settings(
        int connections,
        int pipeline,
        boolean adaptive,
        int rate,
        long ratePer,
        long connectTimeout,
        long responseTimeout,
        int maxHeaderBytes,
        long maxBodyBytes,
        int attempts,
        int retries,
        long hedgeAfter,
        boolean singleFlight,
        long idleTimeout,
        long forgetAfter,
        long drainTimeout,
        int drainBytes,
        Set<Protocol> protocols,
        Proxies proxies,
        Tls tls,
        @Nullable Predicate<? super HttpResponse> throttle,
        @Nullable Consumer<? super HttpEvent> events) {

    boolean speaks(Protocol protocol) {
        return protocols.contains(protocol);
    }
}
