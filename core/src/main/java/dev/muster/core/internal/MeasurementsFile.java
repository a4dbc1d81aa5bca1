package dev.muster.core.internal;

import dev.muster.core.Json;
import dev.muster.core.JsonReader;
import dev.muster.core.Measured;
import dev.muster.core.Measured.Operation;
import dev.muster.core.Measured.Runs;
import dev.muster.core.MusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/** Measurements as a JSON file. */
public final class MeasurementsFile {
    private static final long VERSION = 1;

    private MeasurementsFile() {}

    /** Each cloud's; none where there is no such file, or another version wrote it. */
    public static Map<String, Measured> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        Map<String, Measured> clouds = new TreeMap<>();
        Long version = null;
        try (JsonReader in = JsonReader.of(Files.readAllBytes(file))) {
            in.beginObject();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                switch (name) {
                    case "version" -> version = in.integer();
                    case "clouds" -> clouds.putAll(map(in, MeasurementsFile::cloud));
                    default -> in.skip();
                }
            }
        } catch (JacksonException | MusterException e) {
            // Damaged: as good as none, and the next run writes it anew.
            return Map.of();
        }
        return version != null && version == VERSION ? clouds : Map.of();
    }

    private static <T> Map<String, T> map(JsonReader in, JsonReader.Element<T> element) {
        Map<String, T> map = new HashMap<>();
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            map.put(name, element.read(in));
        }
        return map;
    }

    private static Measured cloud(JsonReader in) {
        Map<String, Operation> operations = Map.of();
        Map<String, Map<String, Runs>> plans = Map.of();
        double width = 0;
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "operations" -> operations = map(in, MeasurementsFile::operation);
                case "plans" -> plans = map(in, shape -> map(shape, MeasurementsFile::runs));
                case "width" -> width = number(in);
                default -> in.skip();
            }
        }
        return new Measured(operations, plans, width);
    }

    private static Operation operation(JsonReader in) {
        double[] sums = new double[7];
        List<String> splits = new ArrayList<>();
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "sums" -> sums = numbers(in, sums.length);
                case "splits" -> splits.addAll(in.list(one -> String.valueOf(one.text())));
                default -> in.skip();
            }
        }
        return new Operation(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], splits);
    }

    private static Runs runs(JsonReader in) {
        double[] all = numbers(in, 4);
        return new Runs((long) all[0], all[1], all[2], (long) all[3]);
    }

    private static double[] numbers(JsonReader in, int count) {
        double[] numbers = new double[count];
        int at = 0;
        in.beginArray();
        while (in.nextElement()) {
            double number = number(in);
            if (at < count) {
                numbers[at++] = number;
            }
        }
        return numbers;
    }

    private static double number(JsonReader in) {
        Double number = in.decimal();
        return number == null ? 0 : number;
    }

    /** Writes the file whole or not at all. */
    public static void write(Path file, Map<String, Measured> clouds) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(folder);
        // Made readable by its owner only.
        Path fresh = Files.createTempFile(folder, "measurements", ".json");
        try {
            Files.write(fresh, Json.bytes(out -> document(out, clouds)));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void document(JsonGenerator out, Map<String, Measured> clouds) {
        out.writeStartObject();
        out.writeNumberProperty("version", VERSION);
        out.writeObjectPropertyStart("clouds");
        clouds.forEach((name, known) -> {
            out.writeObjectPropertyStart(name);
            out.writeNumberProperty("width", known.width());
            out.writeObjectPropertyStart("operations");
            new TreeMap<>(known.operations()).forEach((operation, sums) -> operation(out, operation, sums));
            out.writeEndObject();
            out.writeObjectPropertyStart("plans");
            new TreeMap<>(known.plans()).forEach((shape, ways) -> {
                out.writeObjectPropertyStart(shape);
                new TreeMap<>(ways).forEach((way, runs) -> {
                    out.writeArrayPropertyStart(way);
                    for (double number : new double[] {runs.times(), runs.seconds(), runs.rows(), runs.failed()}) {
                        out.writeNumber(number);
                    }
                    out.writeEndArray();
                });
                out.writeEndObject();
            });
            out.writeEndObject();
            out.writeEndObject();
        });
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void operation(JsonGenerator out, String name, Operation sums) {
        out.writeObjectPropertyStart(name);
        out.writeArrayPropertyStart("sums");
        for (double number : new double[] {
            sums.answers(),
            sums.rows(),
            sums.rowsSquared(),
            sums.seconds(),
            sums.secondsTimesRows(),
            sums.throttled(),
            sums.total()
        }) {
            out.writeNumber(number);
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("splits");
        sums.splits().forEach(out::writeString);
        out.writeEndArray();
        out.writeEndObject();
    }
}
