package dev.muster.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseParserTest {
    private static final int WHOLE = Integer.MAX_VALUE;
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void everyKindOfResponseIsReadTheSameInWhateverPiecesItComes() {
        String stream = OK + "Content-Length: 5\r\nA: b\r\n\r\nhello"
                + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + OK
                + "Transfer-Encoding: chunked\r\n\r\n5;ext=\"a b\"\r\nworld\r\nA \r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"
                + "HTTP/1.1 204 No Content\r\nA: b\r\n\r\n"
                + "HTTP/1.1 304 Not Modified\r\nContent-Length: 700\r\n\r\n"
                + OK + "Content-Length: 5\r\nA: b\r\n\r\nagain"
                + OK + "Content-Length: 0\r\nA:  b \t\r\nEmpty:\r\n\r\n"
                + "HTTP/1.0 200\r\n\r\nuntil the end";
        List<String> whole = Parsed.of(stream, WHOLE);
        assertThat(whole)
                .containsExactly(
                        "200 Content-Length=5 A=b [hello]",
                        "200 Transfer-Encoding=chunked [world0123456789]",
                        "204 A=b []",
                        "304 Content-Length=700 []",
                        "200 Content-Length=5 A=b [again]",
                        "200 Content-Length=0 A=b Empty= []",
                        "200 (last) [until the end]");
        for (int cut = 1; cut < stream.length(); cut++) {
            assertThat(Parsed.of(stream, cut, WHOLE))
                    .as("in two, cut at %d", cut)
                    .isEqualTo(whole);
        }
        for (int size = 1; size < 40; size++) {
            assertThat(Parsed.of(stream, size)).as("in pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void anAnswerToHeadHasNoBodyWhateverItSays() {
        assertThat(Parsed.ofHead(OK + "Content-Length: 5\r\n\r\n" + OK + "Transfer-Encoding: chunked\r\n\r\n"))
                .containsExactly("200 Content-Length=5 []", "200 Transfer-Encoding=chunked []");
    }

    @Test
    void headersThatChangeALittleFromAnswerToAnswerAreReadAsTheyAre() {
        StringBuilder stream = new StringBuilder();
        String[][] shapes = {
            {"A: 1", "B: 2", "C: 3"},
            {"A: 1", "C: 3"},
            {"A: 1", "X: 9", "C: 3"},
            {"C: 3"},
            {"B: 2", "B: 2", "B: 3"},
            {"a: 1", "B : 2"}
        };
        for (int i = 0; i < 5; i++) {
            stream.append(OK).append(String.join("\r\n", shapes[i])).append("\r\nContent-Length: 0\r\n\r\n");
        }
        assertThat(Parsed.of(stream.toString(), WHOLE))
                .containsExactly(
                        "200 A=1 B=2 C=3 Content-Length=0 []",
                        "200 A=1 C=3 Content-Length=0 []",
                        "200 A=1 X=9 C=3 Content-Length=0 []",
                        "200 C=3 Content-Length=0 []",
                        "200 B=2 B=2 B=3 Content-Length=0 []");
        assertThat(Parsed.of(OK + "A: 1\r\nContent-Length: 0\r\n\r\n" + OK + "a: 1\r\nB : 2\r\n\r\n", WHOLE))
                .containsExactly(
                        "200 A=1 Content-Length=0 []", "MALFORMED: a blank before the colon of a header field");
    }

    @Test
    void aHeadThatResemblesTheOneBeforeIsReadAsIfItWereTheFirst() {
        String first = OK + "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nETag: \"0017\"\r\nContent-Type: text/plain\r\n"
                + "Connection: keep-alive\r\nContent-Length: 0\r\nX-Empty:\r\n\r\n";
        List<String> alone = Parsed.of(first, WHOLE);
        String characters = "\r\n\0 :\t;,019AZclose";
        Random random = new Random(17);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder changed = new StringBuilder(first);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(changed.length() + 1);
                int to = Math.min(changed.length(), at + random.nextInt(3));
                int from = random.nextInt(characters.length());
                int count = Math.min(random.nextInt(4), characters.length() - from);
                changed.replace(at, to, characters.substring(from, from + count));
            }
            List<String> expected = new ArrayList<>(alone);
            expected.addAll(Parsed.of(changed.toString(), WHOLE));
            assertThat(Parsed.of(first + changed, WHOLE)).as("%s", changed).isEqualTo(expected);
            assertThat(Parsed.of(first + changed + first, WHOLE))
                    .as("and the first behind %s", changed)
                    .isEqualTo(Parsed.of(first + changed + first, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 5 5",
                "Content-Length: 0x5",
                "Content-Length:",
                "Content-Length: 5,",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Content-Length: \u000b5",
                "Content-Length: 5\f",
                "Content-Length: 5,\u001c5",
                "Content-Length : 5",
                "Content-Length\t: 5",
                " Content-Length: 5",
                "A: b\r\n c",
                "A: b\r\n\tc",
                "A: b\nContent-Length: 5",
                "A: b\rContent-Length: 5",
                "A: b\0c",
                "no colon",
                ": no name",
                "na me: x",
                "n\u00e4me: x",
                "\u007f: x"
            })
    void aHeaderThatTwoReadersCouldTakeForDifferentThingsIsRefused(String fields) {
        assertThat(Parsed.of(OK + fields + "\r\n\r\nhello", WHOLE))
                .singleElement()
                .asString()
                .startsWith("MALFORMED: ");
        assertThat(Parsed.of(OK + fields + "\r\n\r\nhello", 1))
                .as("byte by byte")
                .isEqualTo(Parsed.of(OK + fields + "\r\n\r\nhello", WHOLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2.0 200 OK",
                "HTTP/1.1  200 OK",
                "HTTP/1.1 20 OK",
                "HTTP/1.1 2000 OK",
                "HTTP/1.1 abc OK",
                "HTTP/1.1 099 OK",
                "HTTP/1.x 200 OK",
                "HTTP/1.1 200 O\0K",
                "HTTP/1.1 101 Switching Protocols",
                "http/1.1 200 OK",
                "ICY 200 OK",
                "",
                "<html>"
            })
    void aStatusLineThatIsNotOneIsRefused(String line) {
        assertThat(Parsed.of(line + "\r\nContent-Length: 0\r\n\r\n", WHOLE))
                .singleElement()
                .asString()
                .startsWith("MALFORMED: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\r\n",
                "\r\n",
                "-1\r\n",
                "+1\r\na\r\n",
                "0x1\r\na\r\n",
                "1 1\r\na\r\n",
                "1\na\r\n",
                "1\r\nab\r\n",
                "1\r\na\n0\r\n\r\n",
                "1\r\na\rb",
                "1111111111111111\r\n",
                "0\r\n\n",
                "0\r\nT: a\n\r\n",
                "1;a\nb\r\na\r\n",
                " 1\r\na\r\n",
                "1;\0\r\na\r\n"
            })
    void aChunkThatIsNotOneIsRefused(String body) {
        String stream = OK + "Transfer-Encoding: chunked\r\n\r\n" + body;
        assertThat(Parsed.of(stream, WHOLE)).singleElement().asString().startsWith("MALFORMED: ");
        assertThat(Parsed.of(stream, 1)).as("byte by byte").isEqualTo(Parsed.of(stream, WHOLE));
    }

    @Test
    void whatIsAboveALimitIsRefusedAsSoonAsThatIsKnown() {
        assertThat(Parsed.of(OK + "A: " + "b".repeat(1000), 1))
                .containsExactly("TOO_LARGE: the header is larger than 1000 bytes");
        assertThat(Parsed.of(OK + "A: " + "b".repeat(1000) + "\r\n\r\n", WHOLE))
                .containsExactly("TOO_LARGE: the header is larger than 1000 bytes");
        assertThat(Parsed.of(OK + "Content-Length: 5001\r\n\r\n", WHOLE))
                .containsExactly("TOO_LARGE: the body is 5001 bytes, more than 5000");
        assertThat(Parsed.of(OK + "\r\n" + "x".repeat(5001), 100))
                .containsExactly("TOO_LARGE: the body is larger than 5000 bytes");
        assertThat(Parsed.of(OK + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(1001), WHOLE))
                .containsExactly("TOO_LARGE: chunk extensions and trailers are larger than 1000 bytes");
        assertThat(Parsed.of(
                        OK + "Transfer-Encoding: chunked\r\n\r\n" + "1000\r\n" + "x".repeat(4096) + "\r\n1000\r\n"
                                + "x".repeat(4096),
                        WHOLE))
                .containsExactly("TOO_LARGE: the body is larger than 5000 bytes");
        assertThat(Parsed.of("HTTP/1.1 100 Continue\r\n\r\n".repeat(40), WHOLE))
                .containsExactly("MALFORMED: more than 32 interim responses");
    }

    @Test
    void sameLengthTwiceIsOneLength() {
        assertThat(Parsed.of(OK + "Content-Length: 5, 5\r\nContent-Length: 5\r\n\r\nhello", WHOLE))
                .containsExactly("200 Content-Length=5, 5 Content-Length=5 [hello]");
    }

    @Test
    void theConnectionEndsWhereVersionOrHeaderSaySo() {
        assertThat(Parsed.of(OK + "Connection: close\r\nContent-Length: 0\r\n\r\n", WHOLE)
                        .getFirst())
                .contains("(last)");
        assertThat(Parsed.of(OK + "Connection: x, Close\r\nContent-Length: 0\r\n\r\n", WHOLE)
                        .getFirst())
                .contains("(last)");
        assertThat(Parsed.of("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", WHOLE)
                        .getFirst())
                .contains("(last)");
        assertThat(Parsed.of("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", WHOLE)
                        .getFirst())
                .doesNotContain("(last)");
    }

    @Test
    void aCutIsToldWithHowFarItCame() {
        String stream = OK + "Content-Length: 2048\r\n\r\n" + "x".repeat(512);
        assertThat(Parsed.of(stream, WHOLE)).containsExactly("cut after 512 of 2048 bytes of the body");
        assertThat(Parsed.of(stream.getBytes(ISO_8859_1), true, WHOLE).getFirst())
                .startsWith("200");
        assertThat(Parsed.of(OK, WHOLE)).containsExactly("cut within the header of the answer");
        assertThat(Parsed.of(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", WHOLE))
                .containsExactly("cut after 3 bytes of the body");
    }
}
