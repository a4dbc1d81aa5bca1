package dev.muster.core;

/**
 * Measures one run of what was chosen among {@link Alternatives}: each of its answers, and the whole from when the recording
 * was made. Thread-safe.
 */
public final class Recording {
    private final Measurements into;
    private final String cloud;
    private final Alternatives.Chosen chosen;
    private final long started = System.nanoTime();

    Recording(Measurements into, String cloud, Alternatives.Chosen chosen) {
        this.into = into;
        this.cloud = cloud;
        this.chosen = chosen;
    }

    /**
     * The same reader, with the time of what it reads noted.
     *
     * @param operation as {@link Alternatives.Way#requests} names it
     */
    public <T> ResponseReader<T> noting(String operation, ResponseReader<? extends T> reader) {
        return response -> {
            T read = reader.read(response);
            into.answered(
                    cloud,
                    operation,
                    1,
                    response.timing().wire() / 1e9,
                    response.timing().throttles());
            return read;
        };
    }

    /**
     * Everything came. What was given up, or failed for another reason than the way that was chosen, is not to be told.
     *
     * @param things how many
     */
    public void came(long things) {
        ended((double) things, true);
    }

    /**
     * The server refused to answer what was asked in that way, and everything has come in another by now: it is not chosen
     * again unless it has gone well before.
     */
    public void refused() {
        ended(0, false);
    }

    private void ended(double things, boolean whole) {
        double seconds = (System.nanoTime() - started) / 1e9;
        into.ran(cloud, chosen.shape(), chosen.way().name(), seconds, things, whole);
    }
}
