package dev.muster.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code muster completion}: lets a shell complete what is typed. */
@Command(
        name = "completion",
        description = "Print a script for tab completion in bash or zsh.",
        footer = {
            "",
            "Examples:",
            "  source <(muster completion bash)                         in this shell",
            "  muster completion bash > ~/.local/share/bash-completion/completions/muster",
            "  source <(muster completion zsh)                          in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** The shells it is for; one script serves both. */
    enum Shell {
        /** GNU bash. */
        BASH,
        /** The Z shell, by its emulation of bash's completion. */
        ZSH;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Console console;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    @Nullable
    Shell shell;

    @Spec
    @Nullable
    CommandSpec spec;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandSpec root = Objects.requireNonNull(spec).root();
        console.out().print(AutoComplete.bash("muster", root.commandLine()));
        return ExitCode.OK;
    }
}
