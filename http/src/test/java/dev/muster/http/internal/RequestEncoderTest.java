package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Headers;
import dev.muster.http.HttpRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RequestEncoderTest {
    private static final HttpRequest GET = HttpRequest.get(URI.create("http://h/x"));
    private static final Origin ORIGIN = Origin.of(GET);

    private static final List<Headers> FIELDS = List.of(
            Headers.none(),
            Headers.of("Authorization", "Bearer a"),
            Headers.of("Authorization", "Bearer b"),
            Headers.of("Host", "other", "Accept", "text/x-ä"),
            Headers.of("connection", "close", "Content-Length", "7"),
            Headers.of("Accept-Encoding", "identity", "transfer-encoding", "chunked"));

    private static String encoded(RequestEncoder encoder, HttpRequest request) {
        Outbox out = new Outbox();
        encoder.head(request, request.body() != null && request.expectContinue() != null, out);
        byte[] bytes = new byte[out.length()];
        out.flip().get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatWasSentBeforeChangesNothing() {
        Random random = new Random(3);
        RequestEncoder used = new RequestEncoder(ORIGIN, null);
        for (int i = 0; i < 5_000; i++) {
            HttpRequest request = HttpRequest.of(
                            List.of("GET", "POST", "PUT", "DELETE").get(random.nextInt(4)), URI.create("http://h/" + i))
                    .headers(FIELDS.get(random.nextInt(FIELDS.size())));
            if (random.nextBoolean()) {
                request = request.body(new byte[random.nextInt(20)]);
            }
            assertThat(encoded(used, request)).isEqualTo(encoded(new RequestEncoder(ORIGIN, null), request));
        }
    }

    @Test
    void whatTheCallerSaysTakesThePlaceOfWhatIsUsual() {
        RequestEncoder encoder = new RequestEncoder(ORIGIN, null);
        assertThat(encoded(encoder, GET))
                .isEqualTo(
                        "GET /x HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\nAccept-Encoding: gzip, deflate\r\n\r\n");
        assertThat(encoded(encoder, GET.headers(FIELDS.get(3))))
                .isEqualTo("GET /x HTTP/1.1\r\nConnection: keep-alive\r\nAccept-Encoding: gzip, deflate\r\n"
                        + "Host: other\r\nAccept: text/x-ä\r\n\r\n");
    }

    @Test
    void framingIsTheEnginesAffair() {
        RequestEncoder encoder = new RequestEncoder(ORIGIN, null);
        HttpRequest post = HttpRequest.post(URI.create("http://h/x"), new byte[3]);
        assertThat(encoded(encoder, post.headers(FIELDS.get(4))))
                .isEqualTo("POST /x HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip, deflate\r\nconnection: close\r\n"
                        + "Content-Length: 3\r\n\r\n");
    }
}
