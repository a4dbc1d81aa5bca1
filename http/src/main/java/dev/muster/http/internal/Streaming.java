package dev.muster.http.internal;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import dev.muster.http.StreamedResponse;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the head of a response whose body is to be read as it comes. Called on the loop: {@link #opened} or
 * {@link #refused}, once.
 */
public abstract class Streaming implements HttpClient.Handler {
    private @Nullable BodyPipe pipe;

    protected abstract void opened(StreamedResponse response);

    protected abstract void refused(HttpException why);

    /** The head has come; the body will, through the pipe. */
    final void open(Exchange exchange, ResponseHead head, boolean decoded, BodyPipe body) {
        pipe = body;
        opened(new OpenResponse(exchange.request, head, decoded, body));
    }

    /** Whether the head has been handed on, so that the request cannot go again. */
    final boolean isOpen() {
        return pipe != null;
    }

    /** It was collected after all, as one that might be asked again. */
    @Override
    public final void done(HttpResponse response) {
        if (pipe == null) {
            opened(new WholeResponse(response));
        }
    }

    @Override
    public final void failed(HttpException why) {
        BodyPipe reading = pipe;
        if (reading == null) {
            refused(why);
        } else {
            reading.fail(why);
        }
    }
}
