package dev.muster.cli;

import dev.muster.core.Cloud;
import dev.muster.core.CloudCommand;
import dev.muster.core.CloudProvider;
import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Carries out a command of a kind of cloud. */
final class CommandRun {
    private static final Pattern OPTION = Pattern.compile("(?s)--[^-].*|-[A-Za-z]");

    private CommandRun() {}

    /** Asks the cloud for what was typed, and prints the answer. */
    static int of(
            Console console,
            @Nullable Muster root,
            CloudProvider provider,
            Settings settings,
            List<String> typed,
            Format format) {
        CloudCommand.Typed all = parsed(typed);
        CloudCommand command = provider.commands().stream()
                .filter(each -> named(each, all.words()))
                .max(Comparator.comparingInt(each -> each.name().length()))
                .orElseThrow(() -> new MusterException.Rejected(
                        null,
                        "no command '" + String.join(" ", all.words()) + "'; there are "
                                + String.join(
                                        ", ",
                                        provider.commands().stream()
                                                .map(CloudCommand::name)
                                                .toList())));
        int words = command.name().isEmpty() ? 0 : command.name().split(" ", -1).length;
        CloudCommand.Typed rest =
                new CloudCommand.Typed(all.words().subList(words, all.words().size()), all.given());
        try (WireListeners listeners = WireListeners.of(console, root);
                Cloud cloud = provider.connect(listeners.on(settings))) {
            Object answer = asked(console, command, cloud, rest);
            if (!(answer instanceof CloudCommand.Answer told)) {
                new ValueOutput(console, false).print(format, answer);
                return ExitCode.OK;
            }
            new ValueOutput(console, told.flat()).print(format, told.value());
            for (String lost : told.lost()) {
                console.err().println(console.errorPalette().warning("! ") + TextWidth.harmless(lost));
            }
            if (root != null && root.verbose.length > 0) {
                told.notes()
                        .forEach(note ->
                                console.err().println("= " + settings.name() + "  " + TextWidth.harmless(note)));
            }
            return told.lost().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    /** The answer; what was measured on the way to it, or to a failure, is kept where the command goes by it. */
    private static @Nullable Object asked(
            Console console, CloudCommand command, Cloud cloud, CloudCommand.Typed typed) {
        List<Measurements> learned = new ArrayList<>(1);
        try {
            return command.work()
                    .call(cloud, typed, () -> {
                        Measurements known = Learned.load(console);
                        learned.add(known);
                        return known;
                    })
                    .get();
        } finally {
            learned.forEach(known -> Learned.save(console, known));
        }
    }

    private static boolean named(CloudCommand command, List<String> words) {
        List<String> name =
                command.name().isEmpty() ? List.of() : List.of(command.name().split(" ", -1));
        return words.size() >= name.size() && words.subList(0, name.size()).equals(name);
    }

    /** Words, and options as {@code --name value}, {@code --name=value}, {@code --name} or {@code -n value}. */
    private static CloudCommand.Typed parsed(List<String> typed) {
        List<String> words = new ArrayList<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            if (!OPTION.matcher(word).matches()) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            boolean valued = equals < 0
                    && i + 1 < typed.size()
                    && !OPTION.matcher(typed.get(i + 1)).matches();
            String name = (equals < 0 ? word : word.substring(0, equals)).replaceFirst("^--?", "");
            options.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(equals >= 0 ? word.substring(equals + 1) : valued ? typed.get(++i) : "true");
        }
        return new CloudCommand.Typed(words, options);
    }
}
