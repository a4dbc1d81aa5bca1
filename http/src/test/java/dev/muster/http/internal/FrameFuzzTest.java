package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged frames: whatever comes, the reader says what it is, and says the same however it is cut. */
final class FrameFuzzTest {
    private static final Outbox OUT = new Outbox();

    /** Writes down what it is told; pieces of content are one. */
    private static final class Told implements FrameReader.Receiver {
        final List<String> events = new ArrayList<>();
        private final StringBuilder content = new StringBuilder();

        @Override
        public void dataBegins(int stream, int length) {
            events.add("data " + stream + ", " + length);
            content.setLength(0);
        }

        @Override
        public void data(int stream, byte[] bytes, int from, int count) {
            content.append(HexFormat.of().formatHex(bytes, from, from + count));
        }

        @Override
        public void dataEnds(int stream, int length, int padding, boolean last) {
            events.add("content " + content + ", " + length + ", " + padding + ", " + last);
        }

        @Override
        public void headers(int stream, boolean last, byte[] bytes, int from, int to) {
            events.add("headers " + stream + ", " + last + ", " + HexFormat.of().formatHex(bytes, from, to));
        }

        @Override
        public void reset(int stream, ErrorCode code) {
            events.add("reset " + stream + ", " + code);
        }

        @Override
        public void setting(int name, int value) {
            events.add("setting " + name + ", " + value);
        }

        @Override
        public void settled(boolean acknowledged) {
            events.add("settled " + acknowledged);
        }

        @Override
        public void ping(boolean acknowledged, byte[] bytes, int from) {
            events.add("ping " + acknowledged + ", " + HexFormat.of().formatHex(bytes, from, from + 8));
        }

        @Override
        public void goAway(int lastStream, ErrorCode code, String debug) {
            events.add("goaway " + lastStream + ", " + code + ", " + debug);
        }

        @Override
        public void window(int stream, int increment) {
            events.add("window " + stream + ", " + increment);
        }

        @Override
        public void ignored() {
            events.add("ignored");
        }
    }

    /** What a stream says that comes in pieces of these sizes, over and over. */
    static List<String> told(byte[] stream, int... pieces) {
        Told told = new Told();
        FrameReader reader = new FrameReader(told, 1000);
        int at = 0;
        try {
            for (int i = 0; at < stream.length; i++) {
                int to = Math.min(stream.length, at + pieces[i % pieces.length]);
                reader.feed(stream, at, to);
                at = to;
            }
        } catch (BadFrame bad) {
            told.events.add(bad.code() + ", " + bad.stream() + ": " + bad.why());
        }
        return told.events;
    }

    @Test
    void damageIsToldTheSameHoweverTheStreamIsCut() {
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] stream = damaged(random);
            try {
                List<String> whole = told(stream, Integer.MAX_VALUE);
                assertThat(told(stream, random.ints(20, 1, 30).toArray()))
                        .as("seed %d", seed)
                        .isEqualTo(whole);
                assertThat(told(stream, 1)).as("seed %d, byte by byte", seed).isEqualTo(whole);
                refused += whole.isEmpty() || !whole.getLast().contains("_ERROR, ") ? 0 : 1;
            } catch (RuntimeException e) {
                fail("seed " + seed + ": " + HexFormat.of().formatHex(stream), e);
            }
        }
        assertThat(refused).isBetween(5_000, 19_999);
    }

    private static byte[] damaged(Random random) {
        byte[] stream = frame(random, Frames.SETTINGS, random.nextInt(8) == 0 ? random.nextInt(20) : 12, 0, 0);
        for (int i = random.nextInt(10); i >= 0; i--) {
            stream = joined(stream, likely(random));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(stream.length);
            if (random.nextInt(3) > 0) {
                stream[at] = (byte) random.nextInt();
            } else {
                int gap = random.nextInt(6);
                byte[] end = Arrays.copyOfRange(stream, Math.min(stream.length, at + gap), stream.length);
                stream = joined(joined(Arrays.copyOf(stream, at), new byte[random.nextInt(4)]), end);
            }
            if (stream.length == 0) {
                stream = new byte[1];
            }
        }
        return stream;
    }

    /** A frame that is likely to be good. */
    private static byte[] likely(Random random) {
        int stream = 1 + 2 * random.nextInt(3);
        int flags = random.nextInt(3) == 0 ? random.nextInt(256) : Frames.END_HEADERS;
        return switch (random.nextInt(10)) {
            case 0, 1 -> frame(random, Frames.DATA, random.nextInt(60), flags, stream);
            case 2 ->
                joined(
                        frame(random, Frames.HEADERS, random.nextInt(30), 0, stream),
                        frame(random, Frames.CONTINUATION, random.nextInt(30), flags, stream));
            case 3 -> frame(random, Frames.HEADERS, random.nextInt(60), flags, stream);
            case 4 -> frame(random, Frames.RST_STREAM, 4, 0, stream);
            case 5 -> frame(random, Frames.SETTINGS, 6 * random.nextInt(4), 0, 0);
            case 6 -> frame(random, Frames.PING, 8, flags & 1, 0);
            case 7 -> frame(random, Frames.WINDOW_UPDATE, 4, 0, random.nextBoolean() ? 0 : stream);
            case 8 -> frame(random, Frames.GOAWAY, 8 + random.nextInt(10), 0, 0);
            default -> frame(random, 10 + random.nextInt(200), random.nextInt(300), flags, stream);
        };
    }

    private static byte[] frame(Random random, int type, int length, int flags, int stream) {
        Outbox out = OUT;
        out.clear();
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        if (type == Frames.DATA && length > 0) {
            payload[0] = (byte) random.nextInt(length + 1);
        }
        out.frame(length, type, flags, stream);
        out.put(payload);
        byte[] frame = new byte[out.length()];
        out.flip().get(frame);
        return frame;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
