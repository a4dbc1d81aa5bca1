package dev.muster.http.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HpackTest {
    private static final int LIST = 64 * 1024;

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static List<String> decode(HpackDecoder decoder, byte[] block) throws HpackException {
        List<String> fields = new ArrayList<>();
        decoder.decode(block, 0, block.length, (name, value) -> fields.add(name + ": " + value));
        return fields;
    }

    private static byte[] block(HpackEncoder encoder, String... pairs) {
        encoder.begin();
        for (int i = 0; i < pairs.length; i += 2) {
            encoder.field(pairs[i], pairs[i + 1]);
        }
        return Arrays.copyOf(encoder.bytes(), encoder.length());
    }

    private static void assertRefused(String hex, String why) {
        assertThatThrownBy(() -> decode(new HpackDecoder(4096, LIST), hex(hex)))
                .isInstanceOf(HpackException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatWasEncodedIsDecodedWhateverTheTablesDo() throws Exception {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            int table = random.nextInt(3) == 0 ? random.nextInt(300) : 4096;
            HpackEncoder encoder = new HpackEncoder(4096);
            HpackDecoder decoder = new HpackDecoder(4096, LIST);
            encoder.allowed(table);
            for (int block = 0; block < 12; block++) {
                if (random.nextInt(6) == 0) {
                    encoder.allowed(random.nextInt(400));
                    encoder.allowed(random.nextInt(5000));
                }
                List<String> sent = new ArrayList<>();
                encoder.begin();
                for (int field = random.nextInt(12); field >= 0; field--) {
                    String name = name(random);
                    String value = value(random);
                    sent.add(name + ": " + value);
                    encoder.field(name, value);
                }
                assertThat(decode(decoder, Arrays.copyOf(encoder.bytes(), encoder.length())))
                        .as("seed %d, block %d", seed, block)
                        .isEqualTo(sent);
            }
        }
    }

    private static String name(Random random) {
        String[] names = {
            ":method", ":path", ":authority", "accept", "cookie", "authorization", "content-length", "etag"
        };
        return random.nextInt(3) > 0 ? names[random.nextInt(names.length)] : "x-" + random.nextInt(30);
    }

    private static String value(Random random) {
        if (random.nextInt(3) > 0) {
            return String.valueOf(random.nextInt(4));
        }
        byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(3000) : random.nextInt(40)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyOctetGoesThroughHuffmanAndBack() throws Exception {
        for (int octet = 0; octet < 256; octet++) {
            String text = ("a" + (char) octet).repeat(3);
            byte[] coded = new byte[Huffman.length(text)];
            assertThat(Huffman.encode(text, coded, 0)).isEqualTo(coded.length);
            byte[] plain = new byte[coded.length * 2];
            int count = Huffman.decode(coded, 0, coded.length, plain);
            assertThat(new String(plain, 0, count, StandardCharsets.ISO_8859_1)).isEqualTo(text);
        }
    }

    @Test
    void damagedBlocksAreRefusedOrDecodedButNothingElse() {
        HpackEncoder encoder = new HpackEncoder(4096);
        byte[] good = block(encoder, ":status", "200", "server", "some/1.0", "x-long", "abc".repeat(60), "date", "now");
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] block = Arrays.copyOf(good, random.nextInt(good.length) + 1);
            for (int i = random.nextInt(4); i >= 0; i--) {
                block[random.nextInt(block.length)] = (byte) random.nextInt();
            }
            HpackDecoder decoder = new HpackDecoder(4096, LIST);
            try {
                assertThat(decode(decoder, block).size()).isLessThanOrEqualTo(block.length);
            } catch (HpackException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void aSecretIsNeverIndexed() {
        HpackEncoder encoder = new HpackEncoder(4096);
        byte[] first = block(encoder, "Authorization", "Bearer abc", "X-Auth-Token", "t", "Cookie", "c=1");
        byte[] second = block(encoder, "Authorization", "Bearer abc", "X-Auth-Token", "t", "Cookie", "c=1");
        assertThat(second).isEqualTo(first);
        // 0001 and the index of authorization, 23, which is 15 and 8 more.
        assertThat(first).startsWith(0x1f, 0x08);
    }

    @Test
    void aValueThatComesAgainIsOneOctet() {
        HpackEncoder encoder = new HpackEncoder(4096);
        assertThat(block(encoder, "x-same", "value")).hasSizeGreaterThan(5);
        assertThat(block(encoder, "x-same", "value")).hasSize(1);
    }

    @Test
    void valuesThatDifferEachTimeDriveNothingOut() {
        HpackEncoder encoder = new HpackEncoder(4096);
        block(encoder, "x-same", "value");
        for (int i = 0; i < 500; i++) {
            block(encoder, "x-request-id", "request-" + i, ":path", "/vms/" + i);
        }
        assertThat(block(encoder, "x-same", "value")).hasSize(1);
    }

    @Test
    void aTableThatShrankAndGrewIsToldBothSizes() throws Exception {
        HpackEncoder encoder = new HpackEncoder(4096);
        block(encoder, "x-same", "value");
        encoder.allowed(0);
        encoder.allowed(2000);
        byte[] block = block(encoder, "x-same", "value");
        assertThat(block).startsWith(0x20, 0x3f);
        assertThat(decode(new HpackDecoder(4096, LIST), block)).containsExactly("x-same: value");
    }

    @Test
    void aPeerThatAllowsMoreThanWeWantChangesNothing() {
        HpackEncoder encoder = new HpackEncoder(4096);
        byte[] before = block(encoder, ":method", "GET");
        encoder.allowed(1 << 20);
        assertThat(block(encoder, ":method", "GET")).isEqualTo(before);
    }

    @Test
    void aListAboveTheLimitIsDecodedButNotTold() throws Exception {
        HpackDecoder decoder = new HpackDecoder(4096, 200);
        HpackEncoder encoder = new HpackEncoder(4096);
        List<String> told = new ArrayList<>();
        byte[] block = block(encoder, "a", "x".repeat(100), "b", "x".repeat(100), "c", "last");
        assertThat(decoder.decode(block, 0, block.length, (name, value) -> told.add(name)))
                .isFalse();
        assertThat(told).containsExactly("a");
        // The table has what was not told.
        assertThat(decode(decoder, block(encoder, "c", "last"))).containsExactly("c: last");
    }

    @Test
    void aBombOfReferencesIsTooLarge() throws Exception {
        HpackDecoder decoder = new HpackDecoder(4096, LIST);
        decode(decoder, block(new HpackEncoder(4096), "x-bomb", "x".repeat(4000)));
        byte[] bomb = new byte[16 * 1024];
        Arrays.fill(bomb, (byte) 0xbe);
        int[] told = {0};
        assertThat(decoder.decode(bomb, 0, bomb.length, (name, value) -> told[0]++))
                .isFalse();
        assertThat(told[0]).isLessThan(20);
    }

    @Test
    void whatTheRfcForbidsIsRefused() {
        assertRefused("80", "index 0");
        assertRefused("be", "index 62, where the last is 61");
        assertRefused("7f 10 01 61", "index");
        assertRefused("82 20", "within a header block");
        assertRefused("3f e2 1f", "4097 octets, where 4096 are allowed");
        assertRefused("ff ff ff ff ff ff 01", "a number that is too large");
        assertRefused("ff", "ends within a field");
        assertRefused("40", "ends within a field");
        assertRefused("40 01 61", "ends within a field");
        assertRefused("40 01 61 05 62", "ends within a field");
        assertRefused("40 7f ff ff ff 7f 61", "ends within a field");
        // Thirty ones are the end of the string; eight are more padding than fits.
        assertRefused("40 01 61 84 ff ff ff ff", "end-of-string");
        assertRefused("40 01 61 82 1f ff", "within a symbol");
        // Zeros as padding.
        assertRefused("40 01 61 81 18", "within a symbol");
    }
}
