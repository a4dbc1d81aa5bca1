package dev.muster.http.internal.hpack;

import java.util.HashMap;
import java.util.Map;

/** The fields that both ends know from the beginning (RFC 7541 Appendix A). Indices count from 1. */
final class StaticTable {
    private static final String[][] FIELDS = {
        {":authority", ""},
        {":method", "GET"},
        {":method", "POST"},
        {":path", "/"},
        {":path", "/index.html"},
        {":scheme", "http"},
        {":scheme", "https"},
        {":status", "200"},
        {":status", "204"},
        {":status", "206"},
        {":status", "304"},
        {":status", "400"},
        {":status", "404"},
        {":status", "500"},
        {"accept-charset", ""},
        {"accept-encoding", "gzip, deflate"},
        {"accept-language", ""},
        {"accept-ranges", ""},
        {"accept", ""},
        {"access-control-allow-origin", ""},
        {"age", ""},
        {"allow", ""},
        {"authorization", ""},
        {"cache-control", ""},
        {"content-disposition", ""},
        {"content-encoding", ""},
        {"content-language", ""},
        {"content-length", ""},
        {"content-location", ""},
        {"content-range", ""},
        {"content-type", ""},
        {"cookie", ""},
        {"date", ""},
        {"etag", ""},
        {"expect", ""},
        {"expires", ""},
        {"from", ""},
        {"host", ""},
        {"if-match", ""},
        {"if-modified-since", ""},
        {"if-none-match", ""},
        {"if-range", ""},
        {"if-unmodified-since", ""},
        {"last-modified", ""},
        {"link", ""},
        {"location", ""},
        {"max-forwards", ""},
        {"proxy-authenticate", ""},
        {"proxy-authorization", ""},
        {"range", ""},
        {"referer", ""},
        {"refresh", ""},
        {"retry-after", ""},
        {"server", ""},
        {"set-cookie", ""},
        {"strict-transport-security", ""},
        {"transfer-encoding", ""},
        {"user-agent", ""},
        {"vary", ""},
        {"via", ""},
        {"www-authenticate", ""}
    };

    static final int SIZE = FIELDS.length;

    private static final Map<String, Integer> BY_NAME = new HashMap<>();

    static {
        for (int index = SIZE; index > 0; index--) {
            BY_NAME.put(name(index), index);
        }
    }

    private StaticTable() {}

    static String name(int index) {
        return FIELDS[index - 1][0];
    }

    static String value(int index) {
        return FIELDS[index - 1][1];
    }

    /** The first index of a name, 0 where there is none. */
    static int find(String name) {
        return BY_NAME.getOrDefault(name, 0);
    }

    /** The index of a field whose name begins at {@code first}, 0 where there is none. */
    static int find(int first, String name, String value) {
        for (int index = first; index > 0 && index <= SIZE && name(index).equals(name); index++) {
            if (value(index).equals(value)) {
                return index;
            }
        }
        return 0;
    }
}
