package dev.muster.http.internal.hpack;

/**
 * The static Huffman code (RFC 7541 Appendix B). It is canonical: the lengths of the codes say what the codes are. Decoding
 * takes four bits at a time, which are the end of one symbol at most.
 */
final class Huffman {
    private static final int EOS = 256;
    private static final int EOS_LENGTH = 30;
    private static final int LONGEST = 30;

    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28,
        28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15,
        6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22,
        20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23,
        23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22,
        22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26,
        27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27,
        26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26
    };

    private static final int[] CODES = codes();

    // A step of the decoder: the node that comes next, the symbol that ends here, and whether one does.
    private static final int SYMBOL = 1 << 24;
    private static final int FAILS = 1 << 25;
    private static final int[] STEPS;
    /** Whether the bits since the last symbol may be the padding of the last byte: fewer than eight, all ones. */
    private static final boolean[] PADDING;

    static {
        int[][] tree = tree();
        STEPS = steps(tree);
        PADDING = new boolean[tree.length];
        int node = 0;
        for (int ones = 0; ones < 8; ones++) {
            PADDING[node] = true;
            node = tree[node][1];
        }
    }

    private Huffman() {}

    /** How many bytes the encoded string takes. */
    static int length(String latin1) {
        long bits = 0;
        for (int i = 0; i < latin1.length(); i++) {
            bits += LENGTHS[latin1.charAt(i) & 0xff];
        }
        return (int) ((bits + 7) >>> 3);
    }

    /** Encodes into {@code to}, where there is room for {@link #length}; answers the index behind the last byte. */
    static int encode(String latin1, byte[] to, int at) {
        int index = at;
        long bits = 0;
        int count = 0;
        for (int i = 0; i < latin1.length(); i++) {
            int symbol = latin1.charAt(i) & 0xff;
            bits = bits << LENGTHS[symbol] | CODES[symbol];
            count += LENGTHS[symbol];
            while (count >= 8) {
                count -= 8;
                to[index++] = (byte) (bits >>> count);
            }
        }
        if (count > 0) {
            to[index++] = (byte) (bits << (8 - count) | 0xff >>> count);
        }
        return index;
    }

    /** Decodes into {@code to}, which must hold 8/5 of what is there; answers how many bytes that are. */
    static int decode(byte[] from, int begin, int end, byte[] to) throws HpackException {
        int count = 0;
        int node = 0;
        for (int i = begin; i < end; i++) {
            int high = STEPS[node << 4 | (from[i] >> 4 & 0xf)];
            if ((high & SYMBOL) != 0) {
                to[count++] = (byte) (high >>> 16);
            }
            int low = STEPS[(high & 0xffff) << 4 | (from[i] & 0xf)];
            if ((low & SYMBOL) != 0) {
                to[count++] = (byte) (low >>> 16);
            }
            if (((high | low) & FAILS) != 0) {
                throw new HpackException("a Huffman-coded string holds the end-of-string symbol");
            }
            node = low & 0xffff;
        }
        if (!PADDING[node]) {
            throw new HpackException("a Huffman-coded string ends within a symbol");
        }
        return count;
    }

    private static int length(int symbol) {
        return symbol == EOS ? EOS_LENGTH : LENGTHS[symbol];
    }

    private static int[] codes() {
        int[] codes = new int[EOS + 1];
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            for (int symbol = 0; symbol <= EOS; symbol++) {
                if (length(symbol) == length) {
                    codes[symbol] = code++;
                }
            }
        }
        return codes;
    }

    /** Nodes with their two children: another node, or {@code -1 - symbol}. */
    private static int[][] tree() {
        int[][] tree = new int[EOS][2];
        int nodes = 1;
        for (int symbol = 0; symbol <= EOS; symbol++) {
            int node = 0;
            for (int bit = length(symbol) - 1; bit > 0; bit--) {
                int side = CODES[symbol] >>> bit & 1;
                if (tree[node][side] == 0) {
                    tree[node][side] = nodes++;
                }
                node = tree[node][side];
            }
            tree[node][CODES[symbol] & 1] = -1 - symbol;
        }
        return tree;
    }

    private static int[] steps(int[][] tree) {
        int[] steps = new int[tree.length * 16];
        for (int start = 0; start < tree.length; start++) {
            for (int nibble = 0; nibble < 16; nibble++) {
                int node = start;
                int told = 0;
                for (int bit = 3; bit >= 0; bit--) {
                    node = tree[node][nibble >>> bit & 1];
                    if (node < 0) {
                        int symbol = -1 - node;
                        told = symbol == EOS ? FAILS : SYMBOL | symbol << 16;
                        node = 0;
                    }
                }
                steps[start << 4 | nibble] = told | node;
            }
        }
        return steps;
    }
}
