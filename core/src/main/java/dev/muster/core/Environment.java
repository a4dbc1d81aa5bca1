package dev.muster.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Where settings come from: the process's variables and folders, or a test's own.
 *
 * @param variables environment variables
 * @param home the user's home folder
 * @param folder the folder the command was started in
 */
public record Environment(Map<String, String> variables, Path home, Path folder) {
    private static final Map<Tag, ConstructNode> AS_WRITTEN =
            Map.of(Tag.INT, Environment::text, Tag.FLOAT, Environment::text, Tag.BOOL, Environment::text);

    private static Object text(Node scalar) {
        return ((ScalarNode) scalar).getValue();
    }

    /** This process's. */
    public static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of(System.getProperty("user.home")), Path.of(""));
    }

    /** A variable's value; null where it is unset or empty, as shells hardly tell these apart. */
    public @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Where a program keeps its settings: {@code $XDG_CONFIG_HOME/name}, or {@code ~/.config/name}. */
    public Path configFolder(String name) {
        return baseFolder("XDG_CONFIG_HOME", ".config").resolve(name);
    }

    /** Where a program keeps what it can do without: {@code $XDG_CACHE_HOME/name}, or {@code ~/.cache/name}. */
    public Path cacheFolder(String name) {
        return baseFolder("XDG_CACHE_HOME", ".cache").resolve(name);
    }

    /** A relative path is to be passed over (XDG Base Directory Specification): it would be another in each folder. */
    private Path baseFolder(String variable, String otherwise) {
        String told = variable(variable);
        return told != null && Path.of(told).isAbsolute() ? Path.of(told) : home.resolve(otherwise);
    }

    /**
     * A YAML file whose root is a mapping. What a mapping has by {@code <<} of another is merged, as the clouds' own tools do.
     * Numbers and truth values are texts as they are written: what looks like a number may be a password.
     *
     * @return null where there is no such file; an empty map where it is empty
     * @throws MusterException.Rejected if it cannot be read or understood; names the file and the line
     */
    public @Nullable Map<?, ?> yaml(Path file) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            Object root = new Load(LoadSettings.builder()
                            .setLabel(file.toString())
                            .setSchema(new CoreSchema())
                            .setTagConstructors(AS_WRITTEN)
                            .build())
                    .loadFromString(Files.readString(file));
            return switch (root) {
                case null -> Map.of();
                case Map<?, ?> map -> map;
                default -> throw new MusterException.Rejected(null, file + ": expected a mapping at the top");
            };
        } catch (IOException e) {
            throw new MusterException.Rejected(null, file + ": cannot be read: " + e.getMessage(), e);
        } catch (YamlEngineException e) {
            // The engine's message quotes the line, which may hold a password: only its place is told.
            String place = e instanceof org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException marked
                    ? marked.getProblemMark()
                            .map(mark -> ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                            .orElse("")
                    : "";
            throw new MusterException.Rejected(null, file + place + ": not valid YAML");
        }
    }
}
