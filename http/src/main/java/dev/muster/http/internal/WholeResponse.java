package dev.muster.http.internal;

import dev.muster.http.Headers;
import dev.muster.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A response that was collected before it was known that nothing else would come. */
final class WholeResponse extends ReadResponse {
    private final HttpResponse response;
    private final InputStream body;

    WholeResponse(HttpResponse response) {
        this.response = response;
        this.body = new ByteArrayInputStream(response.body());
    }

    @Override
    public int status() {
        return response.status();
    }

    @Override
    public Headers headers() {
        return response.headers();
    }

    @Override
    public long length() {
        return response.body().length;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public Headers trailers() {
        return response.trailers();
    }
}
