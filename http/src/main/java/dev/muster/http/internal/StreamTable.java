package dev.muster.http.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams of one connection by their number. Open addressing, so that a request allocates nothing here. */
final class StreamTable {
    private @Nullable Http2Stream[] places = new @Nullable Http2Stream[32];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    Http2Stream get(int id) {
        int mask = places.length - 1;
        for (int at = id >>> 1 & mask; ; at = at + 1 & mask) {
            Http2Stream stream = places[at];
            if (stream == null || stream.id == id) {
                return stream;
            }
        }
    }

    void add(Http2Stream stream) {
        if (2 * ++size > places.length) {
            @Nullable Http2Stream[] old = places;
            places = new @Nullable Http2Stream[2 * old.length];
            for (Http2Stream moved : old) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(stream);
    }

    /** Takes out a stream that is here, and moves up what had to make way for it. */
    void remove(Http2Stream stream) {
        int mask = places.length - 1;
        int hole = stream.id >>> 1 & mask;
        while (!stream.equals(places[hole])) {
            hole = hole + 1 & mask;
        }
        for (int at = hole + 1 & mask; ; at = at + 1 & mask) {
            Http2Stream next = places[at];
            if (next == null) {
                break;
            }
            int home = next.id >>> 1 & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                places[hole] = next;
                hole = at;
            }
        }
        places[hole] = null;
        size--;
    }

    /** All of them, oldest first. */
    List<Http2Stream> inOrder() {
        List<Http2Stream> all = new ArrayList<>(size);
        for (Http2Stream stream : places) {
            if (stream != null) {
                all.add(stream);
            }
        }
        all.sort(Comparator.comparingInt(stream -> stream.id));
        return all;
    }

    private void place(Http2Stream stream) {
        int mask = places.length - 1;
        int at = stream.id >>> 1 & mask;
        while (places[at] != null) {
            at = at + 1 & mask;
        }
        places[at] = stream;
    }
}
