package dev.muster.http.internal.hpack;

/** The fields that one end has told the other, newest first; the oldest make room (RFC 7541 §2.3.2, §4). */
final class DynamicTable {
    /** What an entry counts beside its octets (§4.1). */
    static final int OVERHEAD = 32;

    /** A ring of names and values. */
    private String[] fields = new String[64];

    private int capacity;
    private int size;
    private int count;
    private long added;

    DynamicTable(int capacity) {
        this.capacity = capacity;
    }

    /** How many entries it has. */
    int count() {
        return count;
    }

    int capacity() {
        return capacity;
    }

    /** How many entries it ever got. The n-th is at {@code added() - n} from the newest, while it is there. */
    long added() {
        return added;
    }

    /** The name of an entry, 0 being the newest. */
    String name(int age) {
        return fields[at(added - 1 - age)];
    }

    String value(int age) {
        return fields[at(added - 1 - age) + 1];
    }

    /** False: it is larger than the table, which is empty now. */
    boolean add(String name, String value) {
        int octets = name.length() + value.length() + OVERHEAD;
        shrink(capacity - octets);
        if (octets > capacity) {
            return false;
        }
        if (2 * count == fields.length) {
            grow();
        }
        int at = at(added++);
        fields[at] = name;
        fields[at + 1] = value;
        count++;
        size += octets;
        return true;
    }

    void resize(int octets) {
        capacity = octets;
        shrink(octets);
    }

    private void shrink(int most) {
        while (count > 0 && size > most) {
            int at = at(added - count);
            size -= fields[at].length() + fields[at + 1].length() + OVERHEAD;
            fields[at] = "";
            fields[at + 1] = "";
            count--;
        }
    }

    private void grow() {
        String[] old = fields;
        String[] more = new String[2 * old.length];
        for (long number = added - count; number < added; number++) {
            System.arraycopy(old, (int) (2 * number % old.length), more, (int) (2 * number % more.length), 2);
        }
        fields = more;
    }

    private int at(long number) {
        return (int) (2 * number % fields.length);
    }
}
