package dev.muster.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person may ask of one kind of cloud beside its tables: {@code muster ovirt vms list --max 10}, {@code
 * muster softlayer hardware detail}.
 *
 * @param name the words that it is called by, as {@code hardware detail}; empty for the one that takes whatever words are no other
 *     command's, which {@code muster call} asks as well
 * @param synopsis what follows the name, as {@code PATH [OPERATION] [--PARAMETER VALUE]…}; empty where nothing does
 * @param summary what it does, in one line
 * @param examples whole command lines, each with a few words on it behind two blanks
 * @param work does it
 */
public record CloudCommand(String name, String synopsis, String summary, List<String> examples, Work work) {

    public CloudCommand {
        examples = List.copyOf(examples);
    }

    /** Does what was asked for. */
    @FunctionalInterface
    public interface Work {
        /**
         * The call that answers with what is printed: maps, lists, texts, numbers and booleans, as {@link
         * JsonReader#value} gives them; or an {@link Answer} that holds it.
         *
         * @param measured what was measured by now, for those who choose by it and add to it; kept where it was asked for
         * @throws MusterException.Rejected if what was typed cannot be meant; says what can
         */
        Call<?> call(Cloud cloud, Typed typed, Supplier<Measurements> measured);
    }

    /**
     * An answer of which there is more to say.
     *
     * @param value what is printed
     * @param flat whether tables show what related objects hold in columns of their own, as {@code datacenter.name}
     * @param lost what did not arrive, and why, a line for each; empty where all did
     * @param notes what was done and why, a line for each, for those who want to know more
     */
    public record Answer(@Nullable Object value, boolean flat, List<String> lost, List<String> notes) {
        public Answer {
            lost = List.copyOf(lost);
            notes = List.copyOf(notes);
        }
    }

    /**
     * What was typed behind the command's name.
     *
     * @param words in their order
     * @param given by name, without the hyphens: the values of each option as often as it was given, {@code true} where no
     *     value followed
     */
    public record Typed(List<String> words, Map<String, List<String>> given) {
        public Typed {
            words = List.copyOf(words);
        }

        /** The options that take one value: of those given twice, the last. */
        public Map<String, String> options() {
            Map<String, String> last = new LinkedHashMap<>();
            given.forEach((name, values) -> last.put(name, values.getLast()));
            return last;
        }
    }
}
