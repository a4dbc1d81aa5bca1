package dev.muster.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * A stream whose reader may leave when it has seen enough, as {@code head} does: that is no failure, and what follows is written
 * nowhere. Every other failure is one. The JVM keeps the signal to itself that ends other programs then.
 */
final class LeavingReader extends FilterOutputStream {
    private boolean gone;

    LeavingReader(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (gone) {
            return;
        }
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            gone = left(e);
            if (!gone) {
                throw e;
            }
        }
    }

    /** The system says so in words only. */
    private static boolean left(IOException why) {
        return why.getMessage() != null
                && why.getMessage().toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
