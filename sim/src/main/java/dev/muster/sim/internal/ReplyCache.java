package dev.muster.sim.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Good answers kept as bytes, so that asking again costs next to nothing. Thread-safe. */
public final class ReplyCache {
    /** When there are more, all are dropped, since whoever asks for so many asks for each once. */
    private static final int KEPT = 50_000;

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(long version, SimReply reply) {}

    /** The answer to a question, made anew when what it is made from has another version. */
    public SimReply get(String question, long version, Supplier<SimReply> make) {
        Kept ready = kept.get(question);
        if (ready != null && ready.version == version) {
            return ready.reply;
        }
        SimReply made = make.get();
        if (made.status() == 200) {
            if (kept.size() >= KEPT) {
                kept.clear();
            }
            kept.put(question, new Kept(version, made));
        }
        return made;
    }
}
