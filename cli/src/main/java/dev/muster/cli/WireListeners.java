package dev.muster.cli;

import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.http.HttpEvent;
import dev.muster.observe.HarFile;
import dev.muster.observe.JfrEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what the wire does: standard error with {@code -v}, a HAR file with {@code --har}, and the flight recorder
 * where the JVM was started with one. To be closed after the clouds.
 */
final class WireListeners implements AutoCloseable {
    private final @Nullable WireLog log;
    private final @Nullable HarFile har;

    private WireListeners(@Nullable WireLog log, @Nullable HarFile har) {
        this.log = log;
        this.har = har;
    }

    /**
     * As the command line wants it.
     *
     * @param root null: nobody listens
     * @throws MusterException.Rejected if the HAR file cannot be written
     */
    static WireListeners of(Console console, @Nullable Muster root) {
        if (root == null) {
            return new WireListeners(null, null);
        }
        HarFile har = root.har == null ? null : har(root.har);
        return new WireListeners(root.verbose.length > 0 ? new WireLog(console.err()) : null, har);
    }

    private static HarFile har(Path file) {
        try {
            return new HarFile(file, Version.muster());
        } catch (IOException e) {
            throw new MusterException.Rejected(
                    null, "--har: " + file + " cannot be written: " + Unwritten.reason(e), e);
        }
    }

    /** The cloud's settings with everybody listening. */
    Settings on(Settings cloud) {
        List<Consumer<HttpEvent>> all = new ArrayList<>();
        if (log != null) {
            all.add(log.of(cloud.name()));
        }
        if (har != null) {
            all.add(har.of(cloud.name()));
        }
        if (FlightRecorder.isInitialized()) {
            all.add(new JfrEvents());
        }
        return all.stream().reduce(Consumer::andThen).map(cloud::listening).orElse(cloud);
    }

    /**
     * Ends them.
     *
     * @throws Unwritten if the HAR file is not whole
     */
    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        if (har != null) {
            try {
                har.close();
            } catch (UncheckedIOException e) {
                throw new Unwritten("--har: " + e.getMessage(), e);
            }
        }
    }
}
