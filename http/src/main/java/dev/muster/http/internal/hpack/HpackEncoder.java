package dev.muster.http.internal.hpack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Encodes header blocks. A value gets a place in the table when it is the first of its name, or comes twice running; other
 * values, paths above all, would only drive out what is worth keeping. What may be a secret is never indexed, by us or by
 * anybody on the way (RFC 7541 §7.1.3).
 */
public final class HpackEncoder {
    private static final Set<String> SECRET = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "x-auth-token",
            "x-subject-token",
            "x-service-token",
            "x-api-key",
            "x-amz-security-token",
            "x-ms-authorization-auxiliary");

    /** What differs from one request to the next as a rule. */
    private static final Set<String> VARIES = Set.of(":path", "content-length", "date", "x-amz-date");

    /** Names that are remembered; a caller who makes up names must not fill the heap. */
    private static final int MOST_NAMES = 256;

    private enum Kind {
        INDEXED,
        VARIES,
        SECRET
    }

    /** A name, and what was last sent with it. */
    private static final class Name {
        final String lower;
        final int fixed;
        final Kind kind;
        String last = "";
        /** Which entry of the table holds the last value, by {@link DynamicTable#added}; -1 for none. */
        long entry = -1;
        /** Which entry holds the name, with whatever value. */
        long any = -1;

        Name(String name) {
            lower = name.toLowerCase(Locale.ROOT);
            fixed = StaticTable.find(lower);
            kind = SECRET.contains(lower) ? Kind.SECRET : VARIES.contains(lower) ? Kind.VARIES : Kind.INDEXED;
        }
    }

    private final DynamicTable table;
    private final Map<String, Name> names = new HashMap<>();
    private final int mostTable;
    private int smallest = Integer.MAX_VALUE;
    private byte[] bytes = new byte[512];
    private int length;

    /** The largest table that this end wants; the peer may allow less. */
    public HpackEncoder(int tableSize) {
        this.mostTable = tableSize;
        this.table = new DynamicTable(Math.min(tableSize, HpackDecoder.TABLE_SIZE));
    }

    /** The peer's SETTINGS_HEADER_TABLE_SIZE. The next block says what becomes of it. */
    public void allowed(int tableSize) {
        int size = Math.min(tableSize, mostTable);
        if (size != table.capacity()) {
            smallest = Math.min(smallest, size);
            table.resize(size);
        }
    }

    /** Begins a block. */
    public void begin() {
        length = 0;
        if (smallest != Integer.MAX_VALUE) {
            // A size that was lower for a moment has emptied the table (§4.2).
            if (smallest < table.capacity()) {
                number(0x20, 5, smallest);
            }
            number(0x20, 5, table.capacity());
            smallest = Integer.MAX_VALUE;
        }
    }

    /** Adds a field; the name in any case, the value in characters up to 0xff. */
    public void field(String name, String value) {
        Name known = name(name);
        if (known.kind == Kind.SECRET) {
            literal(0x10, 4, known, value);
            return;
        }
        if (present(known.entry) && known.last.equals(value)) {
            number(0x80, 7, index(known.entry));
            return;
        }
        int fixed = StaticTable.find(known.fixed, known.lower, value);
        if (fixed > 0) {
            number(0x80, 7, fixed);
        } else if (known.kind == Kind.VARIES) {
            literal(0, 4, known, value);
        } else if (!present(known.any) || known.last.equals(value)) {
            literal(0x40, 6, known, value);
            known.entry = table.add(known.lower, value) ? table.added() - 1 : -1;
            known.any = known.entry;
            known.last = value;
        } else {
            literal(0, 4, known, value);
            known.entry = -1;
            known.last = value;
        }
    }

    /** The block so far: the first {@link #length} bytes, until the next begins. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    private Name name(String name) {
        Name known = names.get(name);
        if (known == null) {
            known = new Name(name);
            if (names.size() < MOST_NAMES) {
                names.put(name, known);
            }
        }
        return known;
    }

    private boolean present(long entry) {
        return entry >= 0 && table.added() - entry <= table.count();
    }

    private int index(long entry) {
        return StaticTable.SIZE + (int) (table.added() - entry);
    }

    private void literal(int pattern, int bits, Name name, String value) {
        if (name.fixed > 0) {
            number(pattern, bits, name.fixed);
        } else if (present(name.any)) {
            number(pattern, bits, index(name.any));
        } else {
            number(pattern, bits, 0);
            string(name.lower);
        }
        string(value);
    }

    private void number(int pattern, int bits, int value) {
        need(6);
        int most = (1 << bits) - 1;
        if (value < most) {
            bytes[length++] = (byte) (pattern | value);
            return;
        }
        bytes[length++] = (byte) (pattern | most);
        int rest = value - most;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    @SuppressWarnings("deprecation") // octets of a latin-1 string, and the one way that allocates nothing
    private void string(String latin1) {
        int plain = latin1.length();
        int coded = Huffman.length(latin1);
        if (coded < plain) {
            number(0x80, 7, coded);
            need(coded);
            length = Huffman.encode(latin1, bytes, length);
        } else {
            number(0, 7, plain);
            need(plain);
            latin1.getBytes(0, plain, bytes, length);
            length += plain;
        }
    }

    private void need(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
