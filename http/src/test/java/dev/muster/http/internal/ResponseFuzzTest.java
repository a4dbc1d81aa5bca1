package dev.muster.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged responses: whatever comes, the parser says what it is, and says the same however it is cut. */
final class ResponseFuzzTest {
    private static final String[] SEEDS = {
        "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nA: b\r\n\r\nhello, world",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\nT: u\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.0 200 OK\r\nServer: old\r\n\r\nuntil the end of it",
        "HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5, max=99\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n",
    };
    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "\t",
        ":",
        ";",
        "0",
        "-1",
        "ffffffffffffffff",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "HTTP/1.1 200 OK\r\n",
        "\r\n\r\n",
        ",",
        "\u00ff",
        "99999999999999999999"
    };

    @Test
    void damageIsToldTheSameHoweverTheStreamIsCut() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] stream = damaged(random).getBytes(ISO_8859_1);
            try {
                List<String> whole = Parsed.of(stream, false, Integer.MAX_VALUE);
                int[] pieces = random.ints(20, 1, 30).toArray();
                assertThat(Parsed.of(stream, false, pieces)).as("seed %d", seed).isEqualTo(whole);
                assertThat(Parsed.of(stream, false, 1))
                        .as("seed %d, byte by byte", seed)
                        .isEqualTo(whole);
            } catch (RuntimeException e) {
                fail("seed " + seed + ": " + new String(stream, ISO_8859_1), e);
            }
        }
    }

    private static String damaged(Random random) {
        StringBuilder stream = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            stream.append(SEEDS[random.nextInt(SEEDS.length)]);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(stream.length());
            switch (random.nextInt(5)) {
                case 0 -> stream.setCharAt(at, (char) random.nextInt(256));
                case 1 -> stream.deleteCharAt(at);
                case 2 -> stream.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 3 -> stream.delete(at, Math.min(stream.length(), at + random.nextInt(20)));
                default -> stream.insert(at, stream.substring(at, Math.min(stream.length(), at + random.nextInt(20))));
            }
            if (stream.isEmpty()) {
                stream.append('x');
            }
        }
        return stream.toString();
    }
}
