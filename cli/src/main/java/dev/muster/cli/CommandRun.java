package dev.muster.cli;

import dev.muster.core.Cloud;
import dev.muster.core.CloudCommand;
import dev.muster.core.CloudProvider;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out a command of a kind of cloud. */
final class CommandRun {
    private CommandRun() {}

    /** Asks the cloud for what was typed, and prints the answer. */
    static int of(
            Console console,
            @Nullable Muster root,
            CloudProvider provider,
            Settings settings,
            List<String> typed,
            Format format)
            throws IOException {
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
                new CloudCommand.Typed(all.words().subList(words, all.words().size()), all.options());
        try (WireListeners listeners = WireListeners.of(console, root);
                Cloud cloud = provider.connect(listeners.on(settings))) {
            new ValueOutput(console)
                    .print(format, command.work().call(cloud, rest).get());
        }
        return ExitCode.OK;
    }

    private static boolean named(CloudCommand command, List<String> words) {
        List<String> name =
                command.name().isEmpty() ? List.of() : List.of(command.name().split(" ", -1));
        return words.size() >= name.size() && words.subList(0, name.size()).equals(name);
    }

    /** Words, and options as {@code --name value}, {@code --name=value} or {@code --name}. */
    private static CloudCommand.Typed parsed(List<String> typed) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            if (!word.startsWith("--") || word.length() == 2) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            boolean valued =
                    equals < 0 && i + 1 < typed.size() && !typed.get(i + 1).startsWith("--");
            String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
            options.put(name, equals >= 0 ? word.substring(equals + 1) : valued ? typed.get(++i) : "true");
        }
        return new CloudCommand.Typed(words, options);
    }
}
