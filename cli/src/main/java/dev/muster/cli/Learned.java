package dev.muster.cli;

import dev.muster.core.Environment;
import dev.muster.core.Measurements;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What earlier commands measured of the clouds, in the cache folder: every inventory, and every command that has a
 * choice, goes by it and adds to it. Without it everything works, only with plans that have to find out again.
 */
final class Learned {
    private Learned() {}

    static Path file(Environment environment) {
        return environment.cacheFolder("muster").resolve("measurements.json");
    }

    /** What is known; nothing where the file cannot be read, which is told. */
    static Measurements load(Console console) {
        Path file = file(console.environment());
        try {
            return Measurements.load(file);
        } catch (IOException e) {
            console.err().println(console.errorPalette().warning("! ") + file + " cannot be read: " + e.getMessage());
            return new Measurements();
        }
    }

    /** Keeps it; where that cannot be done, it is told, as it is nothing that the inventory lacks. */
    static void save(Console console, Measurements measurements) {
        Path file = file(console.environment());
        try {
            measurements.save(file);
        } catch (IOException e) {
            console.err()
                    .println(console.errorPalette().warning("! ") + file + " cannot be written: " + e.getMessage());
        }
    }
}
