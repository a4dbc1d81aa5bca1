package dev.muster.http.internal.hpack;

import java.nio.charset.StandardCharsets;

/**
 * Decodes header blocks. What a connection's blocks have in common lies in the table and gives the same strings each time.
 * A list above the limit is decoded to its end, so that the table stays right, but no more of it is told.
 */
public final class HpackDecoder {
    /** Who the fields are for. */
    public interface Receiver {
        /** The next field. The strings hold one character for each octet, unchecked. */
        void field(String name, String value);
    }

    /** What SETTINGS_HEADER_TABLE_SIZE is unless told (RFC 9113 §6.5.2). */
    public static final int TABLE_SIZE = 4096;

    private final int mostTable;
    private final int mostList;
    private final DynamicTable table;
    private byte[] scratch = new byte[256];

    private byte[] block = {};
    private int at;
    private int end;
    private long list;
    private long changes;

    /**
     * @param tableSize the largest table, as the peer was told
     * @param mostList the most octets of a list, 32 more counted for each field
     */
    public HpackDecoder(int tableSize, int mostList) {
        this.mostTable = tableSize;
        this.mostList = mostList;
        this.table = new DynamicTable(tableSize);
    }

    /** Decodes one whole block. False: the list is above the limit, and only its beginning was told. */
    public boolean decode(byte[] bytes, int from, int to, Receiver receiver) throws HpackException {
        block = bytes;
        at = from;
        end = to;
        list = 0;
        boolean begun = false;
        while (at < end) {
            int first = bytes[at];
            if (first < 0) {
                indexed(number(7), receiver);
            } else if ((first & 0xc0) == 0x40) {
                literal(number(6), true, receiver);
            } else if ((first & 0xe0) == 0x20) {
                if (begun) {
                    throw new HpackException("the size of the table changes within a header block");
                }
                resize(number(5));
                continue;
            } else {
                literal(number(4), false, receiver);
            }
            begun = true;
        }
        return list <= mostList;
    }

    /** Counts up with every change of the table: while it stays, the same block means the same fields. */
    public long changes() {
        return changes;
    }

    private void resize(int size) throws HpackException {
        if (size > mostTable) {
            throw new HpackException("a table of " + size + " octets, where " + mostTable + " are allowed");
        }
        if (size != table.capacity()) {
            changes++;
            table.resize(size);
        }
    }

    private void indexed(int index, Receiver receiver) throws HpackException {
        if (index == 0) {
            throw new HpackException("index 0");
        }
        tell(name(index), value(index), receiver);
    }

    private void literal(int index, boolean indexing, Receiver receiver) throws HpackException {
        String name = index == 0 ? string() : name(index);
        String value = string();
        if (indexing) {
            changes++;
            table.add(name, value);
        }
        tell(name, value, receiver);
    }

    private void tell(String name, String value, Receiver receiver) {
        list += name.length() + value.length() + DynamicTable.OVERHEAD;
        if (list <= mostList) {
            receiver.field(name, value);
        }
    }

    private String name(int index) throws HpackException {
        return index <= StaticTable.SIZE ? StaticTable.name(index) : table.name(age(index));
    }

    private String value(int index) throws HpackException {
        return index <= StaticTable.SIZE ? StaticTable.value(index) : table.value(age(index));
    }

    private int age(int index) throws HpackException {
        int age = index - StaticTable.SIZE - 1;
        if (age >= table.count()) {
            throw new HpackException("index " + index + ", where the last is " + (StaticTable.SIZE + table.count()));
        }
        return age;
    }

    /** An integer whose first octet has {@code bits} of it (§5.1). None needs more than 28 bits beyond those. */
    private int number(int bits) throws HpackException {
        int most = (1 << bits) - 1;
        int number = next() & most;
        if (number < most) {
            return number;
        }
        for (int shift = 0; shift < 28; shift += 7) {
            int octet = next();
            number += (octet & 0x7f) << shift;
            if (octet >= 0) {
                return number;
            }
        }
        throw new HpackException("a number that is too large");
    }

    private byte next() throws HpackException {
        if (at == end) {
            throw new HpackException("a header block that ends within a field");
        }
        return block[at++];
    }

    private String string() throws HpackException {
        if (at == end) {
            throw new HpackException("a header block that ends within a field");
        }
        boolean huffman = block[at] < 0;
        int length = number(7);
        if (length > end - at) {
            throw new HpackException("a header block that ends within a field");
        }
        int from = at;
        at += length;
        if (!huffman) {
            return new String(block, from, length, StandardCharsets.ISO_8859_1);
        }
        int room = length * 8 / 5 + 1;
        if (scratch.length < room) {
            scratch = new byte[Math.max(room, 2 * scratch.length)];
        }
        return new String(scratch, 0, Huffman.decode(block, from, at, scratch), StandardCharsets.ISO_8859_1);
    }
}
