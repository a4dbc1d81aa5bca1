package dev.muster.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What is asked for: a thousand items of about 1.5 KB and the list of them, each with bytes of its own, so that an answer
 * that went to the wrong asker shows. All requests are of one length, and so are all items' answers.
 */
final class Items {
    static final int COUNT = 1000;
    /** The number that stands for the list. */
    static final int LIST = 999_999;

    static final int ITEM_BYTES = 1507;
    static final int LIST_BYTES = 64 * COUNT;

    private static final String LINE = "the quick brown fox jumps over the lazy dog; ";

    private Items() {}

    /** Where an item lies: {@code how} is what the server is to do, as {@link Server} reads it. */
    static String path(String how, int item) {
        return "/" + how + "/" + digits(item);
    }

    /** Six of them. */
    static String digits(int item) {
        String digits = Integer.toString(item);
        return "0".repeat(6 - digits.length()) + digits;
    }

    static byte[] body(int item) {
        byte[] body = new byte[item == LIST ? LIST_BYTES : ITEM_BYTES];
        byte[] line = ("{\"item\": \"" + path("item", item) + "\", \"text\": \"" + LINE + "\"}\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < body.length; at += line.length) {
            System.arraycopy(line, 0, body, at, Math.min(line.length, body.length - at));
        }
        return body;
    }

    /** The answer's head, with what real servers say, and one field that differs from item to item. */
    static byte[] head(int item) {
        return ("HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 10:00:00 GMT\r\nServer: floor\r\nETag: \""
                        + path("item", item)
                        + "\"\r\nContent-Type: application/json\r\nContent-Length: "
                        + (item == LIST ? LIST_BYTES : ITEM_BYTES) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What one answer adds to the sum of all: which bytes came for which item, whatever the order. */
    static long sum(int item, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return crc.getValue() * (2L * item + 1);
    }
}
