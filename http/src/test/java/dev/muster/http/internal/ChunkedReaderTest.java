package dev.muster.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ChunkedReaderTest {
    /** Some servers pad the size of each chunk, and some sign each. */
    @Test
    void aLongBodyMayHaveAnExtensionWithEachChunk() throws BadResponse {
        ChunkedReader reader = new ChunkedReader(1000);
        AtomicLong length = new AtomicLong();
        BodySink sink = (bytes, from, count) -> length.addAndGet(count);
        byte[] chunk = ("20  ;signed=yes\r\n" + "x".repeat(32) + "\r\n").getBytes(ISO_8859_1);
        reader.begin();
        for (int i = 0; i < 10_000; i++) {
            reader.feed(chunk, 0, chunk.length, sink);
        }
        byte[] end = "0\r\nA: b\r\n\r\n".getBytes(ISO_8859_1);
        reader.feed(end, 0, end.length, sink);
        assertThat(reader.done()).isTrue();
        assertThat(length).hasValue(320_000);
        assertThat(reader.trailers().first("a")).isEqualTo("b");
    }

    /** Each must not cost as much as all before it. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyNumberOfTrailersIsRead() throws BadResponse {
        int count = 300_000;
        ChunkedReader reader = new ChunkedReader(8 * count);
        reader.begin();
        byte[] body = ("0\r\n" + "A:b\r\n".repeat(count) + "\r\n").getBytes(ISO_8859_1);
        reader.feed(body, 0, body.length, (bytes, from, length) -> {});
        assertThat(reader.done()).isTrue();
        assertThat(reader.trailers().size()).isEqualTo(count);
    }
}
